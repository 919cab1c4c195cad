import { beforeAll, expect, test } from "vitest";
import type { Json } from "../../http/exchange.ts";
import type { Call } from "../call.ts";
import { judge } from "../judge.ts";
import type { Model } from "../model.ts";
import { PET_STORE, rivalsNamed, sampleCall, sampleModel, sampleObject, TEXT, told, untold } from "../sample-model.ts";
import { separates } from "../simulate.ts";
import { emptyState } from "../state.ts";
import { serverValue } from "../value.ts";

const ENTRY = sampleObject({ "id!": TEXT, action: TEXT, resource_id: TEXT });

let writes: Model;
let requests: Model;
beforeAll(async () => {
	const store = { ...PET_STORE, "GET /audit": { id: "listAudit", answers: { 200: { type: "array", items: ENTRY } } } };
	const recording = (records: string): Promise<Model> =>
		sampleModel(store, { "x-holdfast": { resources: { audit: { records } } } });
	writes = await recording("writes");
	requests = await recording("requests");
});

const pet = { petId: serverValue("unique", "pets#c0") };
const make = sampleCall("createPet", {}, { body: { name: "Rex" }, tag: "c0" });
const change = sampleCall("patchPet", pet, { body: { name: "Max" }, tag: "c1" });
const lost = sampleCall("deletePet", { petId: "nobody" }, { tag: "c2" });
const list = sampleCall("listAudit", {}, { tag: "c9" });

test("every write leaves an entry that names what it was about, and no read does", () => {
	expect(told(writes, [make, sampleCall("getPet", pet), change, list]).at(-1)).toBe(
		'200 [{"about":"§unique pets#c0"},{"about":"§unique pets#c0"}]',
	);
});

test("a log of requests holds those that were refused as well", () => {
	expect(told(writes, [make, lost, list]).at(-1)).toBe('200 [{"about":"§unique pets#c0"}]');
	expect(told(requests, [make, lost, list]).at(-1)).toBe('200 [{"about":"§unique pets#c0"},{"about":"nobody"}]');
});

test.each([
	["an update that leaves no entry", "patchPet", "leaves no entry", [make, change, list]],
	["a creation that leaves no entry", "createPet", "leaves no entry", [list, make, list]],
	["a list that drops one", "listAudit", "drops one", [make, change, list]],
	["a list that shows nothing", "listAudit", "shows nothing", [list, make, list]],
])("%s is told on a live service, among others' entries", (_, operation, name, calls) => {
	const laws = ["effect", "records2", "records3", "records1", "records4"];
	const rivals = laws.flatMap((law) => rivalsNamed(writes, operation, law).get(name) ?? []);
	expect(rivals.length).toBeGreaterThan(0);
	expect(rivals.every((rival) => separates(writes, rival.inject(writes), calls, emptyState(true)))).toBe(true);
});

test("a refusal that leaves no entry is told", () => {
	const rivals = ["records2", "records3", "records4"].flatMap((law) => {
		return rivalsNamed(requests, "deletePet", law).get("leaves no entry when it refuses") ?? [];
	});
	expect(rivals).toHaveLength(1);
	expect(untold(requests, rivals, [make, lost, list])).toEqual([]);
});

const judged = (calls: readonly Call[], answers: readonly (readonly [number, Json?])[]): string => {
	const start = [{ state: emptyState(true), bindings: new Map() }];
	const history = answers.map(([status, body], index) => ({ call: calls[index] as Call, status, body }));
	return judge(writes, start, history).kind;
};
const MADE: readonly [number, Json] = [
	201,
	{ id: "pet-7", name: "Rex", tag: "none", created_at: "2026-01-01T00:00:00Z" },
];
const about = (id: string): Json => ({ id: `entry of ${id}`, action: "x", resource_id: id });
const anonymous = (id: string): Json => ({ id, action: "x" });

test.each([
	["others' entries before and after", [about("pet-1"), about("pet-7"), about("pet-2")], "admitted"],
	["more than one entry about it", [about("pet-7"), about("pet-7")], "admitted"],
	["a path that names it", [{ id: "e", path: "/v1/pets/pet-7" }], "admitted"],
	["no list", { entries: [] }, "rejected"],
])("a log with %s is %3$s", (_, body, expected) => {
	expect(judged([make, list], [MADE, [200, body as Json]])).toBe(expected);
});

test("once entries are known to tell what they are about, one that is missing is missing", () => {
	const calls = [make, list, change, list];
	const changed = [200, { ...(MADE[1] as object), name: "Max" }] as readonly [number, Json];
	const after = (entries: Json): string => judged(calls, [MADE, [200, [about("pet-7")]], changed, [200, entries]]);
	expect(after([about("pet-7"), about("pet-7")])).toBe("admitted");
	expect(after([about("pet-7"), about("pet-1")])).toBe("rejected");
});

test("where no entry tells, the log must have grown since it was read, and never shrinks", () => {
	const calls = [list, make, list];
	const after = (...entries: readonly Json[]): string =>
		judged(calls, [[200, [anonymous("a")]], MADE, [200, [...entries]]]);
	expect(after(anonymous("a"), anonymous("b"))).toBe("admitted");
	expect(after(anonymous("a"), anonymous("b"), anonymous("c"))).toBe("admitted");
	expect(after(anonymous("a"))).toBe("rejected");
	expect(after()).toBe("rejected");
});

import { beforeAll, describe, expect, test } from "vitest";
import type { Call } from "../call.ts";
import { guardLawOf } from "../guard-laws.ts";
import { behaviourOf, type Model, withBehaviour, withIdentities } from "../model.ts";
import { rivalsNamed, sampleCall, sampleModel, sampleObject, TEXT, toldStatuses, untold } from "../sample-model.ts";
import { sceneOf } from "../scene.ts";
import { emptyState, viewOf } from "../state.ts";
import { serverValue } from "../value.ts";

const NOTE = sampleObject({ id: TEXT, text: { type: "string", default: "" } });
const ENVIRONMENT = { name: "X-Env", in: "header", required: true, schema: { enum: ["test", "live"] } };

const sample = (partition: unknown, parameters: readonly unknown[] = []): Promise<Model> =>
	sampleModel(
		{
			"PUT /notes/{id}": { id: "put", body: sampleObject({ text: TEXT }), answers: { 200: NOTE }, parameters },
			"GET /notes/{id}": { id: "get", answers: { 200: NOTE, 404: null }, parameters },
			"GET /notes": { id: "list", answers: { 200: { type: "array", items: NOTE } }, parameters },
			"DELETE /notes/{id}": { id: "delete", answers: { 204: null, 404: null }, parameters },
		},
		{
			security: [{ key: [] }],
			components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } } },
			"x-holdfast": { partition },
		},
	);

let byTenant: Model;
let byHeader: Model;
beforeAll(async () => {
	const callers = [
		{ name: "", schemes: ["key"], tenant: "acme" },
		{ name: "colleague", schemes: ["key"], tenant: "acme" },
		{ name: "stranger", schemes: ["key"], tenant: "globex" },
	];
	byTenant = withIdentities(await sample({ by: "identity" }), callers);
	byHeader = await sample({ by: "header", name: "x-env" }, [ENVIRONMENT]);
});

const KEY = "a-note-of-ours";
const as = (name: string | undefined, operation: string, rest: Partial<Call> = {}): Call => {
	const path: Record<string, string> = operation === "list" ? {} : { id: KEY };
	const credentials = { key: { kind: "right" as const, ...(name === undefined ? {} : { as: name }) } };
	return sampleCall(operation, path, { credentials, ...rest });
};
const put = (name?: string): Call => as(name, "put", { body: { text: "hello" } });
const inside = (environment: string, operation: string, rest: Partial<Call> = {}): Call =>
	as(undefined, operation, { header: { "X-Env": environment }, ...rest });

describe("what belongs to a tenant", () => {
	test.each([
		["is reached by it", [put(), as(undefined, "get"), as("colleague", "get")], "200 200 200"],
		[
			"is not there for another",
			[put(), as("stranger", "get"), as("stranger", "delete"), as(undefined, "get")],
			"200 404 404 200",
		],
		[
			"may bear the name of what another has",
			[put(), put("stranger"), as("stranger", "delete"), as(undefined, "get")],
			"200 200 204 200",
		],
	])("%s", (_, calls, statuses) => {
		expect(toldStatuses(byTenant, calls)).toBe(statuses);
	});

	test.each([
		["get", "shows what belongs to others", [put(), as("stranger", "get")]],
		["list", "shows what belongs to others", [put(), as("stranger", "list")]],
		[
			"put",
			"changes what belongs to others",
			[put(), as("stranger", "put", { body: { text: "mine" } }), as(undefined, "get")],
		],
		["delete", "removes what belongs to others", [put(), as("stranger", "delete"), as(undefined, "get")]],
	])("of a %s that %s", (operation, name, calls) => {
		const rivals = rivalsNamed(byTenant, operation, "partition").get(name) ?? [];
		expect(rivals).toHaveLength(1);
		expect(untold(byTenant, rivals, calls)).toEqual([]);
	});
});

test("what belongs to a value of a header is not there for another value", () => {
	const first = inside("test", "put", { body: { text: "hello" } });
	expect(toldStatuses(byHeader, [first, inside("test", "get"), inside("live", "get")])).toBe("200 200 404");
	const [rival] = rivalsNamed(byHeader, "get", "partition").get("shows what belongs to others") ?? [];
	expect(untold(byHeader, rival === undefined ? [] : [rival], [first, inside("live", "get")])).toEqual([]);
});

test("without the header nobody is let through, but by a rival that takes one of its values", () => {
	const flaws = [{ in: "header" as const, at: "X-Env", keyword: "required", message: "is required" }];
	const call = as(undefined, "list", { flaws });
	const rivals = rivalsNamed(byHeader, "list", "valid").get("without X-Env it takes one of its values") ?? [];
	expect(rivals).toHaveLength(1);
	expect(untold(byHeader, rivals, [call])).toEqual([]);
});

test("it is violated as whoever is of another tenant, and in other values of the header", () => {
	const violations = (model: Model, call: Call): readonly Call[] => {
		const guard = behaviourOf(model, "get").guards.find(({ kind }) => kind === "partition");
		return guard === undefined ? [] : guardLawOf(guard).violate(guard, sceneOf(model, viewOf(emptyState(true)), call));
	};
	expect(violations(byTenant, as(undefined, "get")).map(({ credentials }) => credentials.key)).toEqual([
		{ kind: "right", as: "stranger" },
	]);
	expect(violations(byHeader, inside("test", "get")).map(({ header }) => header)).toEqual([{ "X-Env": "live" }]);
});

test("what a body names is looked for in the part that the call reaches", async () => {
	const id = { type: "string", readOnly: true };
	const owner = sampleObject({ "id!": id, name: TEXT });
	const pet = sampleObject({ "id!": id, owner_id: TEXT });
	const parameters = [ENVIRONMENT];
	const model = await sampleModel(
		{
			"POST /owners": { id: "createOwner", body: sampleObject({ name: TEXT }), answers: { 201: owner }, parameters },
			"GET /owners/{id}": { id: "getOwner", answers: { 200: owner, 404: null }, parameters },
			"POST /pets": {
				id: "createPet",
				body: sampleObject({ owner_id: TEXT }),
				answers: { 201: pet, 404: null },
				declares: { guards: [{ refers: "owner_id", of: "owners", status: 404 }] },
				parameters,
			},
			"GET /pets/{id}": { id: "getPet", answers: { 200: pet, 404: null }, parameters },
		},
		{
			"x-holdfast": {
				partition: { by: "header", name: "X-Env" },
				resources: { pets: { refers: { owner_id: "owners" } } },
			},
		},
	);
	const owned = (environment: string): Call =>
		sampleCall(
			"createPet",
			{},
			{ header: { "X-Env": environment }, body: { owner_id: serverValue("unique", "owners#c0") } },
		);
	const make = sampleCall("createOwner", {}, { header: { "X-Env": "live" }, body: { name: "Olive" }, tag: "c0" });
	expect(toldStatuses(model, [make, owned("live"), owned("test")])).toBe("201 201 404");
	// Who does not look at whose a pet is does not look at whose its owner is.
	const index = behaviourOf(model, "createPet").guards.findIndex(({ kind }) => kind === "partition");
	const blind = behaviourOf(model, "createPet").guards.map((guard, at) =>
		at === index && guard.kind === "partition" ? { ...guard, reaches: "all" as const } : guard,
	);
	const rival = withBehaviour(model, "createPet", { guards: blind });
	expect(toldStatuses(rival, [make, owned("live"), owned("test")])).toBe("201 201 201");
});

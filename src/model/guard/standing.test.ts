import { beforeAll, expect, test } from "vitest";
import type { Call } from "../call.ts";
import type { Model } from "../model.ts";
import { rivalsNamed, sampleCall, sampleModel, sampleObject, TEXT, told, untold } from "../sample-model.ts";
import { serverValue } from "../value.ts";

const ID = { type: "string", readOnly: true };
const ROLE = { type: "string", enum: ["owner", "reader"] };
const MEMBER = sampleObject({ "id!": ID, role: ROLE });
const PLAN = sampleObject({ "id!": ID, name: TEXT });
const ORG = sampleObject({
	"id!": ID,
	plan_id: TEXT,
	state: { type: "string", readOnly: true, enum: ["open", "shut"] },
});

let model: Model;
beforeAll(async () => {
	const keep = { guards: [{ keep: { role: "owner" }, least: 1, status: 409 }] };
	model = await sampleModel(
		{
			"GET /members": { id: "listMembers", answers: { 200: { type: "array", items: MEMBER } } },
			"POST /members": { id: "createMember", body: sampleObject({ role: ROLE }), answers: { 201: MEMBER } },
			"GET /members/{id}": { id: "getMember", answers: { 200: MEMBER, 404: null } },
			"PATCH /members/{id}": {
				id: "changeMember",
				body: sampleObject({ role: ROLE }),
				answers: { 200: MEMBER, 404: null, 409: null },
				declares: keep,
			},
			"DELETE /members/{id}": { id: "removeMember", answers: { 204: null, 404: null, 409: null }, declares: keep },
			"POST /plans": { id: "createPlan", body: sampleObject({ name: TEXT }), answers: { 201: PLAN } },
			"GET /plans/{id}": { id: "getPlan", answers: { 200: PLAN, 404: null } },
			"DELETE /plans/{id}": {
				id: "removePlan",
				answers: { 204: null, 404: null, 409: null },
				declares: { guards: [{ unused: "orgs", status: 409 }] },
			},
			"POST /orgs": {
				id: "createOrg",
				body: sampleObject({ plan_id: TEXT }),
				answers: { 201: ORG, 422: null },
				declares: { guards: [{ refers: "plan_id", of: "plans", status: 422 }] },
			},
			"GET /orgs/{id}": { id: "getOrg", answers: { 200: ORG, 404: null } },
			"POST /orgs/{id}/shut": {
				id: "shut",
				answers: { 200: ORG, 404: null, 409: null },
				declares: {
					effect: { set: "orgs", to: { state: "shut" } },
					guards: [{ when: { state: "open" }, status: 409 }],
				},
			},
		},
		{ "x-holdfast": { resources: { orgs: { refers: { plan_id: { to: "plans", removal: "stay" } } } } } },
	);
});

const of = (resource: string, tag: string): { id: ReturnType<typeof serverValue> } => ({
	id: serverValue("unique", `${resource}#${tag}`),
});
const member = (tag: string, role: string): Call => sampleCall("createMember", {}, { body: { role }, tag });
const remove = (tag: string): Call => sampleCall("removeMember", of("members", tag));
const demote = (tag: string): Call => sampleCall("changeMember", of("members", tag), { body: { role: "reader" } });

test.each([
	["the last owner does not go", [member("c0", "owner"), member("c1", "reader"), remove("c0")], "409"],
	["the last owner stays one", [member("c0", "owner"), demote("c0")], "409"],
	["one of two owners goes", [member("c0", "owner"), member("c1", "owner"), remove("c0")], "204"],
	["who is no owner goes", [member("c0", "owner"), member("c1", "reader"), remove("c1")], "204"],
	["where there is none, nobody is kept", [member("c0", "reader"), remove("c0")], "204"],
])("keep: %s", (_, calls, expected) => {
	expect(told(model, calls).at(-1)).toBe(expected);
});

const family = [member("c0", "owner"), member("c1", "reader"), member("c2", "owner")];

test.each([
	["not enforced", [family[0], remove("c0")]],
	["one more must be left", [...family, remove("c2")]],
	["holds for every other item as well", [...family.slice(0, 2), remove("c1")]],
	["applied in full", [family[0], remove("c0"), sampleCall("getMember", of("members", "c0"))]],
])("keep: %s is told from the claim", (name, calls) => {
	const rivals = rivalsNamed(model, "removeMember", "keep2").get(name) ?? [];
	expect(rivals).toHaveLength(1);
	expect(untold(model, rivals, calls as Call[])).toEqual([]);
});

const plan = sampleCall("createPlan", {}, { body: { name: "x" }, tag: "c0" });
const org = sampleCall("createOrg", {}, { body: { plan_id: of("plans", "c0").id }, tag: "c1" });
const removePlan = sampleCall("removePlan", of("plans", "c0"));

test("unused: what something refers to is refused, and what nothing refers to goes", () => {
	expect(told(model, [plan, org, removePlan]).at(-1)).toBe("409");
	expect(told(model, [plan, removePlan]).at(-1)).toBe("204");
	const rivals = ["not enforced", "applied in full"].flatMap((name) => {
		return rivalsNamed(model, "removePlan", "unused2").get(name) ?? [];
	});
	expect(rivals).toHaveLength(2);
	expect(untold(model, rivals, [plan, org, removePlan, sampleCall("getPlan", of("plans", "c0"))])).toEqual([]);
});

const stray = sampleCall("createOrg", {}, { body: { plan_id: "nowhere" }, tag: "c1" });

test("refers: what names nothing is refused", () => {
	expect(told(model, [plan, org, stray]).slice(1)).toEqual([expect.stringMatching(/^201/), "422"]);
	const rivals = ["not enforced", "applied in full"].flatMap((name) => {
		return rivalsNamed(model, "createOrg", "refers1").get(name) ?? [];
	});
	expect(rivals).toHaveLength(2);
	expect(untold(model, rivals, [stray, sampleCall("getOrg", of("orgs", "c1"))])).toEqual([]);
});

test("when: what was done is refused the second time", () => {
	const shut = sampleCall("shut", of("orgs", "c1"));
	const calls = [plan, org, shut, shut];
	expect(told(model, calls).slice(2)).toEqual([expect.stringContaining('"state":"shut"'), "409"]);
	const rivals = rivalsNamed(model, "shut", "when2").get("not enforced") ?? [];
	expect(rivals).toHaveLength(1);
	expect(untold(model, rivals, calls)).toEqual([]);
});

import { beforeAll, expect, test } from "vitest";
import type { Call } from "../call.ts";
import type { Model } from "../model.ts";
import { rivalsNamed, sampleCall, sampleModel, sampleObject, TEXT, told, untold } from "../sample-model.ts";
import { serverValue } from "../value.ts";

const ID = { type: "string", readOnly: true };
const STATE = { type: "string", readOnly: true, enum: ["open", "used", "withdrawn"] };
const CLUB = sampleObject({ "id!": ID, name: TEXT });
const PASS = sampleObject({ "id!": ID, mail: TEXT, rank: TEXT, state: STATE });
const PERSON = sampleObject({ "id!": ID, mail: TEXT, nick: TEXT });
const SEAT = sampleObject({ person_id: TEXT, rank: TEXT });

/** Who uses a pass becomes a person, unless there is one with that mail, and has a seat in the club of the pass. */
let model: Model;
beforeAll(async () => {
	model = await sampleModel(
		{
			"POST /clubs": {
				id: "createClub",
				body: sampleObject({ name: TEXT }),
				answers: { 201: CLUB },
				declares: { effect: [{ create: "clubs" }, { create: "seats", with: { rank: "first" } }] },
			},
			"GET /clubs": { id: "listClubs", answers: { 200: { type: "array", items: CLUB } } },
			"GET /clubs/{id}": { id: "getClub", answers: { 200: CLUB, 404: null } },
			"GET /clubs/{id}/seats": { id: "listSeats", answers: { 200: { type: "array", items: SEAT }, 404: null } },
			"DELETE /clubs/{id}/seats/{person_id}": { id: "removeSeat", answers: { 204: null, 404: null } },
			"POST /clubs/{id}/passes": {
				id: "createPass",
				body: sampleObject({ mail: TEXT, rank: TEXT }),
				answers: { 201: PASS, 404: null, 409: null },
				declares: {
					effect: { create: "passes", with: { state: "open" } },
					guards: [{ unique: "mail", within: "parent", case: "ignored", among: { state: "open" }, status: 409 }],
				},
			},
			"GET /clubs/{id}/passes": { id: "listPasses", answers: { 200: { type: "array", items: PASS }, 404: null } },
			"DELETE /clubs/{id}/passes/{pass_id}": {
				id: "withdrawPass",
				answers: { 204: null, 404: null },
				declares: { effect: { remove: "passes", keeps: { state: "withdrawn" } } },
			},
			"GET /people": { id: "listPeople", answers: { 200: { type: "array", items: PERSON } } },
			"GET /people/{id}": { id: "getPerson", answers: { 200: PERSON, 404: null } },
			"POST /enter": {
				id: "enter",
				body: sampleObject({ "pass!": TEXT, nick: TEXT }),
				answers: { 201: PERSON, 404: null, 409: null, 410: null },
				declares: {
					effect: [
						{ create: "people", from: { mail: "passes.mail" }, once: "mail" },
						{ create: "seats", from: { rank: "passes.rank" } },
						{ set: "passes", to: { state: "used" } },
					],
					guards: [
						{ refers: "pass", of: "passes", status: 404 },
						{ unless: { state: "used" }, of: "passes", status: 409 },
						{ unless: { state: ["withdrawn"] }, of: "passes", status: 410 },
					],
				},
			},
			"GET /seen/{club}": {
				id: "showClub",
				answers: { 200: CLUB, 404: null },
				declares: { effect: { read: "clubs" }, keys: { clubs: "club" } },
			},
		},
		{ "x-holdfast": { resources: { seats: { refers: { person_id: "people" } } } } },
	);
});

const ref = (resource: string, tag: string): ReturnType<typeof serverValue> =>
	serverValue("unique", `${resource}#${tag}`);
const club = (tag: string): Call => sampleCall("createClub", {}, { body: { name: tag }, tag });
const pass = (inClub: string, tag: string, mail: string): Call =>
	sampleCall("createPass", { id: ref("clubs", inClub) }, { body: { mail, rank: "guest" }, tag });
const enter = (passTag: string, tag: string, nick = "nix"): Call =>
	sampleCall("enter", {}, { body: { pass: ref("passes", passTag), nick }, tag });
const withdraw = (inClub: string, tag: string): Call =>
	sampleCall("withdrawPass", { id: ref("clubs", inClub), pass_id: ref("passes", tag) });
const seats = (inClub: string): Call => sampleCall("listSeats", { id: ref("clubs", inClub) });

test("what a request makes besides stands inside what it has just made", () => {
	expect(told(model, [club("c0"), seats("c0")]).at(-1)).toMatch(/"rank":"first"/);
	expect(
		untold(model, rivalsNamed(model, "createClub", "effect").get("does not create seats") ?? [], [
			club("c0"),
			seats("c0"),
		]),
	).toEqual([]);
});

test("a new item takes what the named one holds", () => {
	const calls = [club("c0"), pass("c0", "p0", "a@example.com"), enter("p0", "e0"), seats("c0")];
	const answers = told(model, calls);
	expect(answers[2]).toMatch(/"mail":"a@example.com"/);
	expect(answers[3]).toMatch(/"rank":"guest"/);
});

test("where an item holds the value already, that one is meant", () => {
	const calls = [
		...[club("c0"), club("c1"), pass("c0", "p0", "a@example.com"), pass("c1", "p1", "a@example.com")],
		...[enter("p0", "e0", "first"), enter("p1", "e1", "second")],
		sampleCall("listPeople"),
	];
	expect(told(model, calls).at(-2)).toMatch(/people#e0.*"nick":"first"/);
	const rivals = rivalsNamed(model, "enter", "effect").get("create: makes another all the same") ?? [];
	expect(rivals.length).toBeGreaterThan(0);
	expect(untold(model, rivals, calls)).toEqual([]);
});

test.each([
	["create: does not take mail", [sampleCall("getPerson", { id: ref("people", "e0") })]],
	["create: does not take rank", [seats("c0")]],
	["does not create seats", [seats("c0")]],
	["does not set passes", [enter("p0", "e1")]],
])("%s is told from the claim", (name, readers) => {
	const rivals = rivalsNamed(model, "enter", "effect").get(name) ?? [];
	expect(rivals.length).toBeGreaterThan(0);
	const begun = [club("c0"), pass("c0", "p0", "a@example.com"), enter("p0", "e0")];
	expect(untold(model, rivals, [...begun, ...readers])).toEqual([]);
});

test("each standing is refused in its own way", () => {
	const begun = [club("c0"), pass("c0", "p0", "a@example.com")];
	expect(told(model, [...begun, enter("p0", "e0"), enter("p0", "e1")]).at(-1)).toBe("409");
	expect(told(model, [...begun, withdraw("c0", "p0"), enter("p0", "e0")]).at(-1)).toBe("410");
	expect(told(model, [...begun, sampleCall("enter", {}, { body: { pass: "nowhere" }, tag: "e0" })]).at(-1)).toBe("404");
});

test("only those count that are in a certain standing", () => {
	const begun = [club("c0"), pass("c0", "p0", "a@example.com")];
	expect(told(model, [...begun, pass("c0", "p1", "A@example.com")]).at(-1)).toBe("409");
	expect(told(model, [...begun, withdraw("c0", "p0"), pass("c0", "p1", "a@example.com")]).at(-1)).toMatch(/^201/);
});

test("a parameter of another path names the item as it is declared", () => {
	expect(told(model, [club("c0"), sampleCall("showClub", { club: ref("clubs", "c0") })]).at(-1)).toMatch(/^200/);
	expect(told(model, [sampleCall("showClub", { club: "nowhere" })]).at(-1)).toBe("404");
});

import { beforeAll, expect, test } from "vitest";
import type { Call } from "../call.ts";
import type { Model } from "../model.ts";
import { rivalsNamed, sampleCall, sampleModel, sampleObject, TEXT, told, untold } from "../sample-model.ts";
import { serverValue } from "../value.ts";

const USER = {
	"id!": { type: "string", readOnly: true },
	name: TEXT,
	status: { type: "string", readOnly: true, enum: ["new", "active"] },
};

let users: Model;
beforeAll(async () => {
	users = await sampleModel({
		"GET /users": { id: "listUsers", answers: { 200: { type: "array", items: sampleObject(USER) } } },
		"POST /users": { id: "createUser", body: sampleObject({ name: TEXT }), answers: { 201: sampleObject(USER) } },
		"GET /users/{id}": { id: "getUser", answers: { 200: sampleObject(USER), 404: null } },
		"POST /users/{id}/activate": {
			id: "activate",
			answers: { 200: sampleObject(USER), 404: null },
			declares: { effect: { set: "users", to: { status: "active" } } },
		},
		"POST /users/{id}/ping": {
			id: "ping",
			answers: { 202: null, 404: null },
			declares: { effect: { emit: "users" } },
		},
	});
});

const make = (tag: string): Call => sampleCall("createUser", {}, { body: { name: tag }, tag });
const named = (tag: string): { id: ReturnType<typeof serverValue> } => ({ id: serverValue("unique", `users#${tag}`) });
const story = [
	make("c0"),
	make("c1"),
	sampleCall("activate", named("c0")),
	sampleCall("activate", named("c1")),
	sampleCall("getUser", named("c0")),
	sampleCall("getUser", named("c1")),
];

test("the item holds what the document names, and the answer shows it", () => {
	const answers = told(users, story);
	expect(answers[0]).toContain('"status":"§stable');
	expect(answers.slice(2, 5).map((text) => text.includes('"status":"active"'))).toEqual([true, true, true]);
	expect(answers[4]).toContain('"name":"c0"');
});

const once = [make("c0"), make("c1"), sampleCall("activate", named("c0")), sampleCall("listUsers")];

test.each(["ignore", "sets it on every item", "sets it on another item"])(
	"%s is told from the claim, also when it lies",
	(name) => {
		const rivals = rivalsNamed(users, "activate").get(name) ?? [];
		expect(rivals).toHaveLength(2);
		expect(untold(users, rivals, once)).toEqual([]);
	},
);

test("what is sent out leaves the item, and a rival that uses it up is told", () => {
	const calls = [make("c0"), sampleCall("ping", named("c0")), sampleCall("getUser", named("c0"))];
	expect(told(users, calls).at(-1)).toMatch(/^200/);
	const rivals = rivalsNamed(users, "ping").get("uses up the item") ?? [];
	expect(rivals).toHaveLength(2);
	expect(untold(users, rivals, calls)).toEqual([]);
});

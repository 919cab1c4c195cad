import { beforeAll, expect, test } from "vitest";
import type { Model } from "../model.ts";
import { rivalsNamed, sampleCall, sampleModel, sampleObject, TEXT, told, untold } from "../sample-model.ts";
import { serverValue } from "../value.ts";

const ID = { type: "string", readOnly: true };
const USER = { "id!": ID, email: TEXT };
const MEMBER = { "id!": ID, user_id: { type: "string", readOnly: true }, role: { type: "string", default: "reader" } };

let model: Model;
beforeAll(async () => {
	model = await sampleModel(
		{
			"GET /users": { id: "listUsers", answers: { 200: { type: "array", items: sampleObject(USER) } } },
			"GET /users/{id}": { id: "getUser", answers: { 200: sampleObject(USER), 404: null } },
			"GET /members": { id: "listMembers", answers: { 200: { type: "array", items: sampleObject(MEMBER) } } },
			"GET /members/{id}": { id: "getMember", answers: { 200: sampleObject(MEMBER), 404: null } },
			"POST /join": {
				id: "join",
				body: sampleObject({ "email!": TEXT }),
				answers: { 201: sampleObject(USER) },
				declares: { effect: [{ create: "users" }, { create: "members" }] },
			},
		},
		{ "x-holdfast": { resources: { members: { refers: { user_id: "users" } } } } },
	);
});

const join = sampleCall("join", {}, { body: { email: "a@example.com" }, tag: "c0" });
const user = { id: serverValue("unique", "users#c0") };
const member = { id: serverValue("unique", "members#c0") };

test("both are made, the second refers to the first, and the answer shows the first", () => {
	expect(told(model, [join, sampleCall("listUsers"), sampleCall("getMember", member)])).toEqual([
		'201 {"id":"§unique users#c0","email":"a@example.com"}',
		'200 [{"id":"§unique users#c0","email":"a@example.com"}]',
		expect.stringMatching(/"user_id":"§unique users#c0","role":"§stable/),
	]);
});

test("each part that is left out is told, also when it lies", () => {
	const rivals = rivalsNamed(model, "join");
	expect([...rivals.keys()].filter((name) => name.startsWith("does not"))).toEqual([
		"does not create users",
		"does not create members",
	]);
	const skipped = ["does not create users", "does not create members"].flatMap((name) => rivals.get(name) ?? []);
	expect(skipped).toHaveLength(4);
	const calls = [join, sampleCall("listMembers"), sampleCall("getUser", user), sampleCall("getMember", member)];
	expect(untold(model, skipped, calls)).toEqual([]);
});

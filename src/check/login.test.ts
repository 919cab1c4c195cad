import { expect, test } from "vitest";
import { loadFiles, refusal } from "../contract/sample-files.ts";
import { inferModel } from "../model/infer.ts";
import { sampleDocument, sampleObject, TEXT } from "../model/sample-model.ts";
import type { CheckIdentities } from "./callers.ts";
import { linesOf } from "./fixture/check-service.ts";
import { acceptSchema } from "./fixture/document.ts";
import { type Asked, Refusal, type Routes, serve } from "./fixture/serve.ts";
import { check } from "./run.ts";

const NEW = sampleObject({ "text!": { type: "string", minLength: 1, maxLength: 40 } });
const NOTE = sampleObject({ "id!": { type: "string", readOnly: true }, "text!": TEXT });
const ENTRY = sampleObject({ "name!": TEXT, "password!": TEXT });
const security = [{ token: [] }];
const DOCUMENT = sampleDocument(
	{
		"POST /login": {
			id: "logIn",
			body: ENTRY,
			answers: { 200: sampleObject({ data: sampleObject({ token: TEXT }) }), 400: null, 401: null },
		},
		"POST /notes": { id: "createNote", body: NEW, answers: { 201: NOTE, 400: null, 401: null }, security },
		"GET /notes/{id}": { id: "getNote", answers: { 200: NOTE, 401: null, 404: null }, security },
		"DELETE /notes/{id}": { id: "deleteNote", answers: { 204: null, 401: null, 404: null }, security },
	},
	{ components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } } },
);

/** Notes behind a login whose tokens are good for so many requests. */
function notes(requestsMax: number, logins: string[]): Routes {
	const kept = new Map<string, unknown>();
	const left = new Map<string, number>();
	let last = 0;
	const enter = ({ headers }: Asked): void => {
		const token = String(headers.authorization ?? "").replace("Bearer ", "");
		const count = left.get(token) ?? 0;
		if (count <= 0) throw new Refusal(401, "who are you?");
		left.set(token, count - 1);
	};
	const found = (asked: Asked): string => {
		enter(asked);
		const [id = ""] = asked.names;
		if (!kept.has(id)) throw new Refusal(404, "no such note");
		return id;
	};
	const [acceptEntry, acceptNote] = [acceptSchema(ENTRY as object), acceptSchema(NEW as object)];
	return {
		"POST /login": ({ body }) => {
			const { name, password } = acceptEntry(body) as { name: string; password: string };
			if (name !== "ann" || password !== "open sesame") throw new Refusal(401, "wrong");
			const token = `token-${++last}-${"x".repeat(20)}`;
			logins.push(token);
			left.set(token, requestsMax);
			return [200, { data: { token } }];
		},
		"POST /notes": (asked) => {
			enter(asked);
			const note = { ...(acceptNote(asked.body) as object), id: `n${++last}` };
			kept.set(note.id, note);
			return [201, note];
		},
		"GET /notes/{}": (asked) => [200, kept.get(found(asked))],
		"DELETE /notes/{}": (asked) => {
			kept.delete(found(asked));
			return [204];
		},
	};
}

const LOGIN = { operation: "logIn", body: { name: "ann", password: "open sesame" }, token: "/data/token" };
const main = (login: object): CheckIdentities => ({ main: { headers: {}, login: { ...LOGIN, ...login } } });

async function run(identities: CheckIdentities, requestsMax = 1_000, logins: string[] = []) {
	const contract = await loadFiles({ "openapi.yaml": DOCUMENT });
	const served = await serve(notes(requestsMax, logins));
	const options = { contract, model: inferModel(contract), target: served.url, api: "notes", runId: "hftest" };
	try {
		for await (const event of check({ ...options, identities, exclude: ["logIn"], phases: ["values", "experiments"] }))
			if (event.kind === "finished") return event.run;
	} finally {
		await served.close();
	}
	throw new Error("the check ended without a run");
}

test("a token is got by logging in, and another when the service takes it no longer", async () => {
	const logins: string[] = [];
	const finished = await run(main({}), 20, logins);
	expect(linesOf(finished)).toEqual([]);
	expect(logins.length).toBeGreaterThan(2);
	const agreed = finished.claims.filter(({ verdict }) => verdict === "agrees");
	expect(agreed.length).toBeGreaterThan(5);
	// Neither a token nor the password is in what is reported.
	const told = JSON.stringify(finished);
	expect([...logins, "open sesame"].filter((secret) => told.includes(secret))).toEqual([]);
});

test.each([
	[
		"an operation that is not there",
		{ operation: "login" },
		'main cannot log in: no operation is called "login"; did you mean "logIn"?',
	],
	[
		"a wrong password",
		{ body: { name: "ann", password: "no" } },
		"main cannot log in: POST /login was answered with 401; does the `body` of its `login` hold what the service wants?",
	],
	[
		"another place",
		{ token: "/token" },
		'main cannot log in: the answer to POST /login has no token at "/token"; it has data',
	],
	[
		"another scheme",
		{ scheme: "key" },
		'main cannot log in: no security scheme is called "key"; name it as `scheme`; there are token',
	],
])("a login with %s is told", async (_, login, message) => {
	expect(await refusal(run(main(login)))).toEqual([message]);
});

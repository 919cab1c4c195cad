import { expect, test } from "vitest";
import { refusal, writeFiles } from "../contract/sample-files.ts";
import { loadIdentities } from "./load-identities.ts";

const FILE = `
main: { login: { operation: POST /login, body: { user: ann, password: "\${PASSWORD}" }, token: /token } }
other: { X-API-Key: "\${OTHER_KEY:-k}" }
`;
const load = (text: string, given = {}) =>
	loadIdentities(
		{ files: ["callers.yaml"], given },
		{ cwd: writeFiles({ "callers.yaml": text }), environment: { PASSWORD: "p" } },
	);

test("reads callers from a file, with secrets of the environment, and takes what is named over it", () => {
	expect(load(FILE, { third: { "x-api-key": "t" } })).toEqual({
		main: { login: { operation: "POST /login", body: { user: "ann", password: "p" }, token: "/token" } },
		other: { "X-API-Key": "k" },
		third: { "x-api-key": "t" },
	});
});

const HINT = "a caller is written like other: { X-API-Key: '${OTHER_KEY}' }";

test.each([
	["no object", "[1]", `callers.yaml  it must hold an object: the name of each caller, and what makes it one; ${HINT}`],
	[
		"a caller that is none",
		"main: { login: { operation: POST /login } }",
		`callers.yaml  "main" must be headers, or \`headers\` or \`login\` (\`operation\`, \`body\`, \`token\` as /pointer, \`scheme\`) with \`tenant\`, \`scopes\` and \`expired\`; ${HINT}`,
	],
	[
		"a variable that is not set",
		"a: { K: '${NOBODY}' }",
		"callers.yaml  identities.a.K needs the environment variable NOBODY, which is not set; run it as NOBODY=… holdfast …",
	],
])("a file with %s is told", async (_, text, message) => {
	expect(await refusal((async () => load(text))())).toEqual([message]);
});

test("a file that is not there is told", async () => {
	const loading = async () =>
		loadIdentities({ files: ["none.yaml"], given: {} }, { cwd: writeFiles({}), environment: {} });
	expect(await refusal(loading())).toEqual([`none.yaml  there is no such file; ${HINT}`]);
});

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { check } from "../check/run.ts";
import type { Run } from "../finding/run.ts";
import { modelOf, sampleDocument } from "../model/sample-model.ts";
import { renderAnnotations, renderStepSummary } from "./github.ts";
import { renderHtml } from "./html.ts";
import { renderJson } from "./json.ts";
import { renderJunit } from "./junit.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderIssue } from "./repair-issue.ts";
import { renderOverlay } from "./repair-overlay.ts";
import { renderTest } from "./repair-test.ts";
import { renderSarif } from "./sarif.ts";
import { renderTerminal } from "./terminal.ts";

const KEY = "planted-key-4f1c9a77";
const SESSION = "planted-session-88aa01";
const REVEALED = "planted-revealed-secret-5d5d";

/** A service that echoes every secret it is given, and reveals one of its own; none of its answers is as documented. */
let server: Server;
let run: Run;
beforeAll(async () => {
	server = createServer((request, response) => {
		const headers = { "content-type": "application/json", "set-cookie": `session=${SESSION}; HttpOnly` };
		const echoed = request.headers["x-api-key"] ?? "";
		const body = { id: 1, secret: REVEALED, echoed, note: `your key is ${echoed}, your secret is ${REVEALED}` };
		response.writeHead(request.method === "POST" ? 201 : 200, headers).end(JSON.stringify(body));
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const secret = { type: "string", "x-holdfast": { reveal: "once", credential: "key" } };
	const item = {
		type: "object",
		required: ["name"],
		properties: { id: { type: "string" }, name: { type: "string" }, secret, note: { type: "string" } },
	};
	const openapi = sampleDocument(
		{
			"POST /keys": {
				id: "makeKey",
				summary: "Create a key",
				body: { type: "object", properties: { name: { type: "string" } } },
				answers: { 201: item },
			},
			"GET /keys/{key_id}": { id: "readKey", summary: "Get a key", answers: { 200: item, 404: null } },
			"DELETE /keys/{key_id}": { id: "dropKey", summary: "Delete a key", answers: { 204: null, 404: null } },
		},
		{
			security: [{ key: [] }],
			components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "X-API-Key" } } },
		},
	);
	const model = await modelOf({ "openapi.yaml": openapi });
	const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const events = check({
		contract: model.contract,
		model,
		target,
		api: "keys",
		headers: { "X-API-Key": KEY, cookie: `session=${SESSION}` },
		runId: "hftest",
		disposable: true,
	});
	for await (const event of events) if (event.kind === "finished") run = event.run;
}, 60_000);
afterAll(() => new Promise((resolve) => server.close(resolve)));

const repairs = (render: (run: Run, finding: Run["findings"][0]) => unknown): string =>
	run.findings.map((finding) => JSON.stringify(render(run, finding))).join("\n");
const FORMATS: Readonly<Record<string, () => string>> = {
	markdown: () => renderMarkdown(run),
	terminal: () => renderTerminal(run),
	json: () => renderJson(run),
	html: () => renderHtml([run], { since: [{ ...run, findings: run.findings.slice(1) }] }),
	junit: () => renderJunit(run),
	sarif: () => renderSarif(run),
	annotations: () => renderAnnotations(run),
	summary: () => renderStepSummary(run),
	overlays: () => repairs(renderOverlay),
	tests: () => repairs(renderTest),
	bugs: () => repairs(renderIssue),
};

test("the planted secrets were sent and shown, in findings with proofs", () => {
	expect(run.findings.length).toBeGreaterThan(1);
	expect(renderJson(run)).toMatch(/«[^»]+»/);
	expect(run.findings.flatMap(({ evidence }) => evidence).length).toBeGreaterThan(1);
});

test.each(Object.keys(FORMATS))("no secret stands in the %s", (format) => {
	const text = FORMATS[format]?.() ?? "";
	expect(text.length).toBeGreaterThan(10);
	for (const secret of [KEY, SESSION, REVEALED]) {
		expect(text).not.toContain(secret);
		expect(text).not.toContain(encodeURIComponent(secret));
		expect(text).not.toContain(Buffer.from(secret).toString("base64"));
	}
});

test.each(Object.keys(FORMATS))("the %s of the same run is the same, byte for byte", (format) => {
	expect(FORMATS[format]?.()).toBe(FORMATS[format]?.());
});

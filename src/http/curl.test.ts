import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { renderCurl } from "./curl.ts";
import type { HttpRequest } from "./exchange.ts";

test.each([
	[{ method: "GET", path: "/apps/a?x[y]=1", headers: {} }, "curl -g 'http://host/apps/a?x[y]=1'"],
	[
		{ method: "PUT", path: "/a", headers: { "content-type": "application/json" }, body: `{"a":"it's"}` },
		`curl -g -X PUT 'http://host/a' -H 'content-type: application/json' --data-raw '{"a":"it'\\''s"}'`,
	],
	[
		{ method: "POST", path: "/a", headers: { "x-empty": "" }, body: "@file" },
		"curl -g 'http://host/a' -H 'x-empty;' -H 'Content-Type:' --data-raw '@file'",
	],
	[{ method: "HEAD", path: "/a/../b", headers: {} }, "curl -g -I --path-as-is 'http://host/a/../b'"],
	[
		{ method: "POST", path: "/", headers: {}, body: "a\nb" },
		"curl -g 'http://host/' -H 'Content-Type:' --data-raw $'a\\x0ab'",
	],
])("%j", (request, line) => {
	expect(renderCurl(request, "http://host/")).toBe(line);
});

const server = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on("data", (chunk: Buffer) => chunks.push(chunk));
	request.on("end", () => {
		const { method, url, headers } = request;
		const seen = { method, path: url, type: headers["content-type"], key: headers["x-key"] };
		response.end(JSON.stringify({ ...seen, body: Buffer.concat(chunks).toString("utf8") }));
	});
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

const hasCurl = await promisify(execFile)("curl", ["--version"]).then(
	() => true,
	() => false,
);
// Only a shell with curl can tell whether the line is what it claims; a machine without one skips this.
test.skipIf(!hasCurl).each<HttpRequest>([
	{ method: "PATCH", path: "/a/../b?q={1,2}[3]", headers: { "x-key": '$HOME `id` \\ "' }, body: `it's "$HOME" \\n` },
	{ method: "DELETE", path: "/a", headers: { "x-key": "", "content-type": "text/plain" }, body: "two\nlines ü !" },
])("a shell sends %j", async (request) => {
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const { stdout } = await promisify(execFile)("bash", ["-c", `${renderCurl(request, url)} -s`]);
	expect(JSON.parse(stdout)).toEqual({
		method: request.method,
		path: request.path,
		type: request.headers["content-type"],
		key: request.headers["x-key"],
		body: request.body,
	});
});

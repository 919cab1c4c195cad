import { describe, expect, test } from "vitest";
import { loadFiles } from "../../contract/sample-files.ts";
import { createRouter, type Router } from "./router.ts";

async function routerOf(paths: Readonly<Record<string, readonly string[]>>): Promise<Router> {
	const items = Object.entries(paths).map(([path, methods]) => {
		const operations = methods.map((method) => `${method}: { operationId: "${method} ${path}", responses: {} }`);
		return `  "${path}": { ${operations.join(", ")} }`;
	});
	const text = `openapi: 3.1.0\ninfo: { title: T, version: "1" }\npaths:\n${items.join("\n")}\n`;
	return createRouter((await loadFiles({ "openapi.yaml": text })).operations);
}

describe("createRouter", () => {
	test.each([
		["/apps", "/apps", {}],
		["/apps/mine", "/apps/mine", {}],
		["/apps/my%20app", "/apps/{id}", { id: "my%20app" }],
		["/apps/mi%6Ee", "/apps/mine", {}],
		["/apps/a/cids/1", "/apps/{id}/cids/{number}", { id: "a", number: "1" }],
		["/files/report.v1.json", "/files/{name}.json", { name: "report.v1" }],
		["/files/report.pdf", "/files/{name}", { name: "report.pdf" }],
		["/files/.json", "/files/{name}", { name: ".json" }],
		["/jobs/7:cancel", "/jobs/{job}:cancel", { job: "7" }],
		["/compare/main...next", "/compare/{base}...{head}", { base: "main", head: "next" }],
		["/Users(3)", "/Users({id})", { id: "3" }],
		["/", "/", {}],
	])("%s leads to %s", async (path, template, captured) => {
		const router = await routerOf({
			"/": ["get"],
			"/apps": ["get"],
			"/apps/{id}": ["get"],
			"/apps/mine": ["get"],
			"/apps/{id}/cids/{number}": ["get"],
			"/files/{name}": ["get"],
			"/files/{name}.json": ["get"],
			"/jobs/{job}:cancel": ["get"],
			"/compare/{base}...{head}": ["get"],
			"/Users({id})": ["get"],
		});
		const found = router.find("GET", path, "");
		expect(found).toMatchObject({ kind: "found", operation: { path: template }, path: captured });
	});

	test.each(["/app", "/apps/", "/apps//cids/1", "/apps/a/cids", `/${"a/".repeat(500)}`])(
		"%s leads nowhere",
		async (path) => {
			const router = await routerOf({ "/apps": ["get"], "/apps/{id}": ["get"], "/apps/{id}/cids/{number}": ["get"] });
			expect(router.find("GET", path, "")).toEqual({ kind: "unknown-path" });
		},
	);

	test("names the methods of a path that lacks the one asked for", async () => {
		const router = await routerOf({ "/apps/{id}": ["get", "put"] });
		expect(router.find("DELETE", "/apps/a", "")).toEqual({ kind: "wrong-method", allowed: ["GET", "PUT"] });
	});

	test("a fixed path hides a templated one, whatever methods either has", async () => {
		const router = await routerOf({ "/apps/mine": ["get"], "/apps/{id}": ["delete", "put"] });
		expect(router.find("DELETE", "/apps/mine", "")).toEqual({ kind: "wrong-method", allowed: ["GET"] });
	});

	test("gives each operation the names of its own template", async () => {
		const router = await routerOf({ "/apps/{app}": ["get"], "/apps/{id}": ["put"] });
		expect(router.find("PUT", "/apps/a", "")).toMatchObject({ path: { id: "a" } });
	});

	test("tells paths apart by the query constants in their keys", async () => {
		const router = await routerOf({ "/do": ["get"], "/do?action=a": ["get"], "/do?action=b": ["get"] });
		const pathFor = (query: string) => router.find("GET", "/do", query);
		expect(pathFor("action=b&x=1")).toMatchObject({ operation: { path: "/do?action=b" } });
		expect(pathFor("action=c")).toMatchObject({ operation: { path: "/do" } });
	});

	test("tells paths that only a fragment tells apart by what must be in the query", async () => {
		const operation = (name: string, rest = "") => `{ get: { operationId: ${name}, ${rest} responses: {} } }`;
		const demand = (name: string) =>
			`parameters: [{ name: ${name}, in: query, required: true, schema: { type: string } }],`;
		const text = `openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  "/files/a": ${operation("plain")}
  "/files/a#acl": ${operation("acl", demand("acl"))}
  "/files/a#tags": ${operation("tags", demand("tags"))}
`;
		const router = createRouter((await loadFiles({ "openapi.yaml": text })).operations);
		const found = ["", "acl", "tags=1", "x=1"].map((query) => router.find("GET", "/files/a", query));
		expect(found.map((one) => one.kind === "found" && one.operation.id)).toEqual(["plain", "acl", "tags", "plain"]);
	});
});

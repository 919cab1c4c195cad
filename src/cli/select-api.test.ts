import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireReachable } from "./reachable.ts";
import { selectApis } from "./select-api.ts";

let folder = "";
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "holdfast-select-"));
	const apis = {
		shop: { spec: "spec/shop.yaml", overlay: "a.yaml", target: "http://shop" },
		bank: { spec: "bank.yaml" },
	};
	await writeFile(join(folder, "holdfast.config.mjs"), `export default ${JSON.stringify({ apis })}`);
	await writeFile(join(folder, "empty.mjs"), "export default { apis: {} }");
});
afterAll(() => rm(folder, { recursive: true }));

describe("which APIs a command is about", () => {
	const select = (spec?: string, flags = {}) => selectApis(spec, flags, { cwd: folder });

	test("without a document, all of the configuration", async () => {
		expect((await select()).map(({ name }) => name)).toEqual(["shop", "bank"]);
	});

	test("a document that the configuration knows brings its entry along", async () => {
		const [shop] = await select(join(folder, "spec/shop.yaml"), { overlay: ["b.yaml"] });
		expect(shop).toMatchObject({ name: "shop", api: { target: "http://shop", overlay: ["a.yaml", "b.yaml"] } });
		expect(await select("spec/shop.yaml", { config: false })).toEqual([
			{ name: "shop", api: { spec: "spec/shop.yaml", overlay: [] } },
		]);
	});

	test.each([
		["petstore.yaml", "petstore"],
		["spec/gateway/openapi.yaml", "gateway"],
		["https://example.com/v1/swagger.json", "v1"],
		["my api (new).yaml", "my-api-new-"],
	])("a document by itself is named after its file or folder: %s", async (spec, name) => {
		expect((await select(spec))[0]?.name).toBe(name);
	});

	test("neither a document nor a configuration is a mistake", async () => {
		await expect(select(undefined, { config: false })).rejects.toThrow("no document is named");
		await expect(select(undefined, { config: "empty.mjs" })).rejects.toThrow("empty.mjs  the configuration has no API");
	});
});

describe("a target", () => {
	test("must be there", async () => {
		const server = createServer().listen(0, "127.0.0.1");
		await new Promise((resolve) => server.once("listening", resolve));
		const { port } = server.address() as { readonly port: number };
		await requireReachable(`http://127.0.0.1:${port}/v1`);
		await new Promise((resolve) => server.close(resolve));
		const message = `nothing answers at http://127.0.0.1:${port}; is the service running`;
		await expect(requireReachable(`http://127.0.0.1:${port}`)).rejects.toThrow(message);
	});

	test.each(["127.0.0.1:8080", "ftp://127.0.0.1"])("%s is no target", async (target) => {
		await expect(requireReachable(target)).rejects.toThrow("is not an http or https URL");
	});
});

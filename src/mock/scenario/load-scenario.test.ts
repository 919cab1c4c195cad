import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { loadContract } from "../../contract/load.ts";
import { refusal } from "../../contract/sample-files.ts";
import { inferModel } from "../../model/infer.ts";
import type { Model } from "../../model/model.ts";
import { createMock } from "../mock.ts";
import { loadScenario, parseScenario } from "./load-scenario.ts";

let model: Model;
beforeAll(async () => {
	const overlays = ["spec/gateway/behaviour.overlay.yaml"];
	model = inferModel(await loadContract({ spec: "spec/gateway/openapi.yaml", overlays }));
});

/** What a mock with this scenario answers to the admin. */
async function read(text: string, path: string): Promise<unknown> {
	const scenario = parseScenario(`identities: { adminKey: k }\n${text}`, "scenario.yaml", model);
	const mock = createMock({ contract: model.contract, model, scenario });
	const request = new Request(`http://mock.test${path}`, { headers: { "x-admin-api-key": "k" } });
	return (await mock.fetch(request)).json();
}

describe("a scenario", () => {
	test("gives the items that it names, with what lives inside them and defaults for the rest", async () => {
		const text = 'data: { apps: [{ app_id: shop, rate_limit: 7, cids: ["527121102"] }] }';
		expect(await read(text, "/admin/apps/shop")).toEqual({
			success: true,
			app_id: "shop",
			webhook_url: "",
			rate_limit: 7,
			events: [],
		});
		expect(await read(text, "/admin/apps/shop/cids")).toEqual(["527121102"]);
	});

	test("makes as many items as it says, each with the given values", () => {
		const scenario = parseScenario("data: { apps: { count: 12, values: { rate_limit: 7 } } }", "s.yaml", model);
		const mock = createMock({ contract: model.contract, model, scenario });
		expect(mock.describe().resources[0]).toMatchObject({ name: "apps", items: 12 });
	});

	test("takes the place of what the document shows", async () => {
		expect(await read("data: { apps: [] }", "/admin/apps/my-app")).toMatchObject({ success: false });
		expect(await read("data: {}", "/admin/apps/my-app")).toMatchObject({ success: true });
	});

	test("reads items from files beside it", async () => {
		const folder = await mkdtemp(join(tmpdir(), "holdfast-scenario-"));
		await writeFile(join(folder, "apps.json"), '[\n  { "app_id": "shop", "rate_limit": 7 }\n]');
		await writeFile(join(folder, "wrong.json"), '[\n  { "app_id": "shop", "rate": 7 }\n]');
		const file = join(folder, "scenario.yaml");
		await writeFile(file, "data: { apps: { file: apps.json } }");
		const scenario = await loadScenario({ file, model });
		expect(scenario.files).toEqual([file, join(folder, "apps.json")]);
		expect(scenario.data.get("apps")).toEqual({ kind: "items", items: [{ app_id: "shop", rate_limit: 7 }] });
		await writeFile(file, "data: { apps: { file: wrong.json } }");
		expect(await refusal(loadScenario({ file, model }))).toEqual([
			expect.stringContaining('wrong.json:2:23  apps have no field "rate"'),
		]);
		await rm(folder, { recursive: true });
	});

	test("may give several identities for a scheme", () => {
		const { identities } = parseScenario("identities: { adminKey: [a, b] }", "s.yaml", model);
		expect(identities).toEqual({ adminKey: ["a", "b"] });
	});

	test.each([
		["identites: {}", 's.yaml:1:1  unknown key "identites"; did you mean "identities"?'],
		["identities: { adminKy: x }", 's.yaml:1:15  no security scheme is called "adminKy"; did you mean "adminKey"?'],
		["identities: { adminKey: 5 }", "s.yaml:1:25  the identity of adminKey is text, or a list of texts"],
		["data: { aps: 5 }", 's.yaml:1:9  no resource is called "aps"; did you mean "apps"?'],
		["data: { apps: -1 }", "s.yaml:1:15  how many is a whole number from 0 to 1000000"],
		["data: { apps: { cont: 1 } }", 's.yaml:1:17  unknown key "cont"; did you mean "count"?'],
		["data: { apps: [{ rate_limt: 5 }] }", 's.yaml:1:18  apps have no field "rate_limt"; did you mean "rate_limit"?'],
		["data: { apps: [{ rate_limit: x }] }", "s.yaml:1:30  rate_limit must be an integer"],
		['data: { cids: ["1"] }', "s.yaml:1:16  a member of cids must be at least 8 characters long"],
		["data: { apps: [{ app_id: a }, { app_id: a }] }", 's.yaml:1:31  two items of apps have app_id "a"'],
		["data: { apps: some }", "s.yaml:1:15  how many is a whole number from 0 to 1000000"],
		["data: { apps: { file: nowhere.json } }", "s.yaml:1:23  cannot read nowhere.json"],
		["faults: { rate: 1 }", "s.yaml:1:9  `faults` is a list"],
		["faults: [1]", "s.yaml:1:10  a fault is an object"],
		["faults: [{ rate: 0.5 }]", "s.yaml:1:10  this fault does nothing: it needs latency, status, drop or slow"],
		["faults: [{ latncy: 5 }]", 's.yaml:1:12  unknown key "latncy"; did you mean "latency"?'],
		["faults: [{ latency: soon }]", "s.yaml:1:21  latency is a time of at most ten minutes like 200ms"],
		["faults: [{ rate: 2, slow: 1s }]", "s.yaml:1:18  rate is a number from 0 to 1"],
		[
			"faults: [{ drop: befor-headers }]",
			'drop is one of before-headers, after-headers, within-body; did you mean "before-headers"?',
		],
		["faults: [{ slow: 1s, operation: getAp }]", 's.yaml:1:33  no operation matches "getAp"; did you mean "getApp"?'],
		["faults: [{ status: 418 }]", "s.yaml:1:20  no such operation documents 418; documented are 200,"],
		["- 1", "s.yaml:1:1  a scenario is an object with `identities`, `data` and `faults`"],
		["a: }", 's.yaml:1:4  Unexpected flow-map-end token in YAML stream: "}"'],
	])("refuses %s", async (text, message) => {
		const told = await refusal(Promise.resolve().then(() => parseScenario(text, "s.yaml", model)));
		expect(told.join()).toContain(message);
	});

	test("that is not there is one clear message", async () => {
		expect(await refusal(loadScenario({ file: "nowhere.yaml", model }))).toEqual([
			"nowhere.yaml  cannot read the scenario nowhere.yaml",
		]);
	});
});

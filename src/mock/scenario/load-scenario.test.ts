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
		["- 1", "s.yaml:1:1  a scenario is an object with `identities` and `data`"],
		["a: }", 's.yaml:1:4  Unexpected flow-map-end token in YAML stream: "}"'],
	])("refuses %s", async (text, message) => {
		const told = await refusal(Promise.resolve().then(() => parseScenario(text, "s.yaml", model)));
		expect(told).toContain(message);
	});

	test("that is not there is one clear message", async () => {
		expect(await refusal(loadScenario({ file: "nowhere.yaml", model }))).toEqual([
			"nowhere.yaml  cannot read the scenario nowhere.yaml",
		]);
	});
});

import { beforeAll, describe, expect, test } from "vitest";
import { loadContract } from "../contract/load.ts";
import { refusal } from "../contract/sample-files.ts";
import { claimsOf } from "../model/claim.ts";
import { inferModel } from "../model/infer.ts";
import { behaviourOf, type Model } from "../model/model.ts";
import { injectDrifts } from "./drift.ts";

let model: Model;
beforeAll(async () => {
	const overlays = ["spec/gateway/behaviour.overlay.yaml"];
	model = inferModel(await loadContract({ spec: "spec/gateway/openapi.yaml", overlays }));
});

describe("injectDrifts", () => {
	test("changes the one operation that is named, several times when asked", () => {
		const drifted = injectDrifts(model, ["replaceCids=append", "deleteApp=ignore"]);
		expect(behaviourOf(drifted, "replaceCids").effect).toMatchObject({ members: "append" });
		expect(behaviourOf(drifted, "deleteApp").effect).toMatchObject({ which: "none" });
		expect(behaviourOf(drifted, "upsertApp")).toBe(behaviourOf(model, "upsertApp"));
	});

	test("lies only when it is told to", () => {
		expect(behaviourOf(injectDrifts(model, ["replaceCids=append"]), "replaceCids").effect.answers).toBeUndefined();
		expect(behaviourOf(injectDrifts(model, ["replaceCids=append!"]), "replaceCids").effect.answers).toBeDefined();
	});

	test("can inject every rival of every claim", () => {
		const missed = claimsOf(model).flatMap(({ id, operation, law, rivals }) =>
			rivals.flatMap(({ name, lies }, index) => {
				const before = rivals.slice(0, index).filter((one) => one.name === name && one.lies === lies).length;
				const rival = `${name}${lies ? "!" : ""}${before === 0 ? "" : ` #${before + 1}`}`;
				const ways = [`${operation}=${law}: ${rival}`, `${operation}=${id.split("/").at(-1)}: ${rival}`];
				return ways.some((way) => isInjected(way)) ? [] : ways;
			}),
		);
		expect(missed).toEqual([]);
	});

	test.each([
		["replaceCids", 'the drift "replaceCids" is not of the form OPERATION=RIVAL; write it like replaceCids=append'],
		["replaceCid=append", 'no operation is called "replaceCid"; did you mean "replaceCids"?'],
		["getMetrics=append", 'getMetrics has no rival "append"; no claim of getMetrics has a rival'],
		[
			"getApp=not enforced",
			'several laws of getApp have a rival "not enforced"; write one of "getApp=credentials: not enforced", "getApp=exists: not enforced"',
		],
	])("refuses %s", async (drift, message) => {
		expect(await refusal(Promise.resolve().then(() => injectDrifts(model, [drift])))).toEqual([message]);
	});

	test("says what was probably meant, and what there is", async () => {
		const drifts = ["replaceCids=apend", "nobody=x"];
		const told = await refusal(Promise.resolve().then(() => injectDrifts(model, drifts)));
		expect(told).toHaveLength(2);
		expect(told[0]).toMatch(/^replaceCids has no rival "apend"; did you mean "append"\? \(there are append, ignore, /);
		expect(told[1]).toMatch(/^no operation is called "nobody"; there are upsertApp, /);
	});
});

function isInjected(drift: string): boolean {
	try {
		return injectDrifts(model, [drift]) !== model;
	} catch {
		return false;
	}
}

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { explain } from "./explain.ts";
import type { Model } from "./model.ts";
import {
	modelOf,
	PET_STORE,
	type SampleOperations,
	SETTINGS_STORE,
	STEP_STORE,
	sampleDocument,
	sampleModel,
	sampleObject,
	TEXT,
} from "./sample-model.ts";

const read = (name: string): string => readFileSync(new URL(`../../spec/gateway/${name}`, import.meta.url), "utf8");
const gateway = (): Promise<Model> =>
	modelOf({ "openapi.yaml": read("openapi.yaml"), "behaviour.overlay.yaml": read("behaviour.overlay.yaml") });

test("tells why the gateway's PUT replaces a set", async () => {
	expect(explain(await gateway(), "replaceCids")).toMatchInlineSnapshot(`
		"PUT /admin/apps/{app_id}/cids   replaceCids
		  resource   cids: a set of plain values within apps; the answer shows its content   /admin/apps/{}/cids, array of plain values, uniqueItems (openapi.yaml:170:5)
		  effect     replace: replaces the set
		             "Replace the allow-list" (openapi.yaml:173:16)
		             PUT replaces, RFC 9110 9.3.4
		  guards     answers 401 without adminKey
		               security: adminKey (openapi.yaml:170:5)
		             answers 404 unless the app exists
		               404 is documented (openapi.yaml:201:9)
		             answers 400 when the input breaks the documented rules
		               a refusal of invalid input is documented (openapi.yaml:194:7)
		  rivals     replace: append · ignore · ignores an empty body
		             credentials: not enforced · a missing one is accepted · any value is accepted · a prefix is accepted · a longer value is accepted · case is ignored · it is accepted in another place · applied in full
		             exists: not enforced · case is ignored · creates it · applied in full
		             valid: applied in full · applied in part
		  to declare otherwise:
		    - target: $.paths['/admin/apps/{app_id}/cids'].put
		      update: { x-holdfast: { effect: append } }
		"
	`);
});

test("tells what a team declared of an operation", async () => {
	expect(explain(await gateway(), "POST /api/v1/dial")).toMatchInlineSnapshot(`
		"POST /api/v1/dial   dial
		  effect     none: changes nothing that can be read back
		             x-holdfast: {"effect":"none","guards":[{"member":"from","of":"cids","status":403},{"limit":"rate_limit","of":"apps","window":"60s","zero":100,"status":429}]} (behaviour.overlay.yaml:11:7)
		  guards     answers 401 without appKey
		               security: appKey (openapi.yaml:358:7)
		             answers 400 when the input breaks the documented rules
		               a refusal of invalid input is documented (openapi.yaml:371:7)
		             answers 403 unless from is in cids
		               x-holdfast guard {"member":"from","of":"cids","status":403} (behaviour.overlay.yaml:14:13)
		             answers 429 above rate_limit requests per 60 s and app
		               x-holdfast guard {"limit":"rate_limit","of":"apps","window":"60s","zero":100,"status":429} (behaviour.overlay.yaml:15:13)
		  rivals     credentials: not enforced · a missing one is accepted · any value is accepted · a prefix is accepted · a longer value is accepted · case is ignored · it is accepted in another place
		             valid: none
		             member: not enforced · compares by prefix · looks at every parent
		             limit: not enforced · counted for all apps together · one too many is accepted · the last one is refused · 0 is unlimited
		  to declare otherwise:
		    - target: $.paths['/api/v1/dial'].post
		      update: { x-holdfast: { effect: opaque } }
		"
	`);
});

test("tells why nothing is known", async () => {
	const model = await sampleModel({ "POST /pets/{id}/cancel": { id: "cancel", answers: { 204: null } } });
	expect(explain(model, "cancel")).toContain("effect     opaque: it acts on nothing that the document lets one read");
});

test("tells nothing of an operation that is not there, and something of each that is", async () => {
	const model = await sampleModel(PET_STORE);
	expect(explain(model, "nowhere")).toBe("");
	expect(explain(model).match(/^(?:GET|POST|PUT|PATCH|DELETE) /gm)).toHaveLength(model.behaviours.size);
});

const ODD: SampleOperations = {
	"GET /odd's/{id}": { id: "odd", answers: { 200: sampleObject({ id: TEXT }) } },
	"GET /a: b/{id}#c": { id: "colon", answers: { 200: sampleObject({ id: TEXT }) } },
	"POST /a/{id}/act": { id: "act", answers: { 204: null } },
};

/** The lines that a person would copy, as an overlay. */
const overlayOf = (explained: string): string => {
	const lines = explained.split("\n");
	const from = lines.indexOf("  to declare otherwise:");
	return `overlay: 1.0.0\ninfo: { title: other, version: 1.0.0 }\nactions:\n${lines.slice(from + 1).join("\n")}`;
};

test.each([
	["replaceSteps", STEP_STORE, "append"],
	["appendSteps", STEP_STORE, "replace"],
	["listSteps", STEP_STORE, "opaque"],
	["createPet", PET_STORE, "upsert"],
	["replacePet", PET_STORE, "merge"],
	["patchPet", PET_STORE, "replace"],
	["deletePet", PET_STORE, "opaque"],
	["patchSettings", SETTINGS_STORE, "replace"],
	["odd", ODD, "opaque"],
	["colon", ODD, "opaque"],
	["act", ODD, "none"],
])("copied into an overlay, the lines for %s really change the model", async (id, operations, effect) => {
	const document = sampleDocument(operations);
	const explained = explain(await modelOf({ "openapi.yaml": document }), id);
	const changed = await modelOf({ "openapi.yaml": document, "other.overlay.yaml": overlayOf(explained) });
	expect(changed.behaviours.get(id)?.effect.kind).toBe(effect);
	expect(explain(changed, id)).toContain("x-holdfast");
});

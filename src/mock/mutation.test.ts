import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { parse } from "yaml";
import { loadContract } from "../contract/load.ts";
import { validateReferences } from "../contract/validate-references.ts";
import { inferModel } from "../model/infer.ts";
import { UserError } from "../problem/problem.ts";
import { generate } from "../schema/generate.ts";
import { createRandom, type Random } from "../schema/generation/random.ts";
import { nearMisses } from "../schema/near-misses.ts";
import { createMock } from "./mock.ts";

/** More with `HOLDFAST_MUTATIONS=1000`. */
const DOCUMENTS = Number(process.env.HOLDFAST_MUTATIONS ?? 40);
/** Processor time for one document, with everything that is done with it. */
const TIME_MS_MAX = 5_000;
const OPERATIONS_MAX = 4;
const SCHEMAS_MAX = 6;

const SPEC = parse(readFileSync("spec/gateway/openapi.yaml", "utf8")) as object;
const FOLDER = mkdtempSync(join(tmpdir(), "holdfast-mutation-"));
afterAll(() => rmSync(FOLDER, { recursive: true }));

const ODD: readonly unknown[] = [
	...[null, 0, -1, 1e308, true, "", "\0", "__proto__", [], {}, [null], [[]], "((((", "/{a}/{a}", "{"],
	...[{ $ref: "#" }, { $ref: "#/nowhere" }, { $ref: 5 }, { $ref: "" }, { allOf: [{ $ref: "#" }] }, { type: "object" }],
];
const KEYS = [
	...["__proto__", "constructor", "$ref", "type", "get", "allOf", "not", "properties", "items", "required", "schema"],
	...[
		"in",
		"name",
		"parameters",
		"default",
		"enum",
		"pattern",
		"format",
		"discriminator",
		"$id",
		"$dynamicRef",
		"content",
	],
];

type Slot = readonly [owner: Record<string, unknown>, key: string];

function slotsOf(value: unknown): readonly Slot[] {
	if (typeof value !== "object" || value === null) return [];
	return Object.keys(value).flatMap((key): readonly Slot[] => {
		const owner = value as Record<string, unknown>;
		return [[owner, key], ...slotsOf(owner[key])];
	});
}

/** Takes away, replaces, doubles and misplaces a few parts. */
function mutate(document: object, random: Random): object {
	const mutant = structuredClone(document);
	for (let count = random.integer(1, 8); count > 0; count--) {
		const slots = slotsOf(mutant);
		if (slots.length === 0) break;
		const [owner, key] = random.pick(slots);
		const [other, otherKey] = random.pick(slots);
		const way = random.integer(0, 4);
		if (way === 0) delete owner[key];
		else if (way === 1) owner[key] = structuredClone(other[otherKey]);
		else if (way === 2)
			Object.defineProperty(owner, random.pick(KEYS), { ...PLAIN, value: structuredClone(owner[key]) });
		else owner[key] = structuredClone(random.pick(ODD));
	}
	return mutant;
}

const PLAIN = { enumerable: true, configurable: true, writable: true };

/** Everything that the kit does with a document; gives the errors of the mock itself. */
async function useUp(spec: string): Promise<readonly unknown[]> {
	const contract = await loadContract({ spec });
	validateReferences(contract);
	for (const schema of [...contract.schemas.values()].slice(0, SCHEMAS_MAX)) {
		generate(schema, { seed: 1, direction: "response", examples: "use" });
		nearMisses(schema, { seed: 1, limit: 3 });
	}
	const errors: unknown[] = [];
	const mock = createMock({ contract, model: inferModel(contract), onError: (error) => errors.push(error) });
	for (const { method, path } of contract.operations.slice(0, OPERATIONS_MAX)) {
		const url = `http://mock.test${path.replace(/\{[^}]*\}/g, "1")}`;
		const body =
			method === "GET" || method === "HEAD" ? {} : { body: "{}", headers: { "content-type": "application/json" } };
		const response = await mock.fetch(new Request(url, { method, ...body }));
		await response.text();
	}
	return errors;
}

it.each(Array.from({ length: DOCUMENTS }, (_, index) => index))(
	"a document with parts missing, wrong and misplaced is used or refused with a sentence: number %i",
	{ timeout: 4 * TIME_MS_MAX },
	async (index) => {
		const spec = join(FOLDER, `${index}.json`);
		writeFileSync(spec, JSON.stringify(mutate(SPEC, createRandom(`mutation ${index}`))));
		const start = process.threadCpuUsage();
		const errors = await useUp(spec).catch((error: unknown) => {
			if (error instanceof UserError) return [];
			throw error;
		});
		expect(errors).toEqual([]);
		const { user, system } = process.threadCpuUsage(start);
		expect((user + system) / 1_000).toBeLessThan(TIME_MS_MAX);
	},
);

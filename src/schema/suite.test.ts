import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Dialect } from "./dialect.ts";
import { dialectOf } from "./dialect.ts";
import { generate } from "./generate.ts";
import { createRegistry, type RegistryDocument, schemaAt } from "./registry.ts";
import type { Schema } from "./schema.ts";
import { createValidation } from "./validate.ts";

/** The JSON Schema Test Suite, packed by `bench/schema/pack-suite.ts`. */
interface Suite {
	readonly remotes: Readonly<Record<string, unknown>>;
	readonly drafts: Readonly<Record<string, Readonly<Record<string, readonly Case[]>>>>;
}

interface Case {
	readonly description: string;
	readonly schema: unknown;
	readonly tests: readonly { readonly description: string; readonly data: unknown; readonly valid: boolean }[];
}

const packed = readFileSync(new URL("../../bench/schema/suite.json.gz", import.meta.url));
const suite = JSON.parse(gunzipSync(packed).toString()) as Suite;

const DIALECTS: Readonly<Record<string, Dialect>> = {
	draft4: "draft-04",
	draft6: "draft-06",
	draft7: "draft-07",
	"draft2019-09": "2019-09",
	"draft2020-12": "2020-12",
};

/** Cases whose verdict we do not share, by file, case or test, each with the reason. */
const EXCEPTIONS: readonly { readonly file: RegExp; readonly title?: RegExp; readonly reason: string }[] = [
	{
		file: /^draft2020-12 format\.json/,
		title: /only an annotation/,
		reason: "formats are asserted: who documents an email means one",
	},
	{ file: /vocabulary\.json/, reason: "custom meta-schemas do not switch vocabularies off" },
	{ file: /draft4 optional\/zeroTerminatedFloats/, reason: "JSON.parse gives the same number for 1.0 and 1" },
	{ file: /draft7 optional\/content\.json/, reason: "content is an annotation, as it became in 2019-09" },
	{
		file: /format\/idn-hostname\.json/,
		reason:
			"international host names are not judged: which letters may stand together changes with Unicode, and no library that we know follows it without false alarms",
	},
	{
		file: /format\/iri\.json/,
		title: /based on IPv6/,
		reason:
			"several ports are let through in an IRI as in a URI, because lists of hosts (mongodb://a:1,b:2) are written so",
	},
	{
		file: /format\/ecmascript-regex\.json/,
		reason: "V8 decides what an expression is, and knows \\Z without the u flag",
	},
];

function exceptionFor(file: string, title: string): boolean {
	return EXCEPTIONS.some((one) => one.file.test(file) && (one.title?.test(title) ?? true));
}

/** The meta-schemas that come with Ajv, and that of draft-04, which came with swagger-parser's. */
function metaSchema(uri: string): unknown {
	if (/\/draft-04\/schema$/.test(uri)) {
		const parser = createRequire(import.meta.url).resolve("@apidevtools/swagger-parser");
		return createRequire(parser)("ajv-draft-04/dist/refs/json-schema-draft-04.json");
	}
	const name = uri.replace(/^https?:\/\/json-schema\.org\//, "");
	const file = /^draft-0[67]\/schema$/.test(name)
		? `json-schema-${name.replace("/schema", "")}.json`
		: `${name.replace(/^draft\//, "json-schema-")}.json`;
	try {
		return createRequire(import.meta.url)(`ajv/dist/refs/${file}`);
	} catch {
		return undefined;
	}
}

function documentAt(uri: string, dialect: Dialect): RegistryDocument | undefined {
	const value = suite.remotes[uri] ?? (uri.includes("json-schema.org") ? metaSchema(uri) : undefined);
	if (value === undefined) return undefined;
	const own = /draft(\d{4}-\d\d|\d)/.exec(uri)?.[0] ?? "";
	return { file: uri, value, dialect: DIALECTS[own] ?? dialectOf(uri) ?? dialect };
}

function schemaOf(node: unknown, dialect: Dialect): Schema {
	const own = { file: "schema", value: node, dialect };
	const get = (file: string) => (file === own.file ? own : documentAt(file, dialect));
	return schemaAt(createRegistry({ documents: { get } }), own.file, "") as Schema;
}

const files = Object.entries(suite.drafts).flatMap(([draft, folder]) =>
	Object.entries(folder).map(([file, cases]) => ({
		name: `${draft} ${file}`,
		dialect: DIALECTS[draft] as Dialect,
		cases,
	})),
);

describe("the JSON Schema Test Suite", () => {
	it.each(files)("is judged alike: $name", ({ name, dialect, cases }) => {
		for (const { description, schema, tests } of cases) {
			const check = createValidation().compile(schemaOf(schema, dialect), "response");
			for (const { description: title, data, valid } of tests) {
				const verdict = check(data).length === 0;
				const isExpected = verdict === valid || exceptionFor(name, `${description}: ${title}`);
				expect(isExpected, `${description}: ${title} with ${JSON.stringify(data)}`).toBe(true);
			}
		}
	});

	it.each(files.filter(({ name }) => !name.includes("optional/")))("is generated from: $name", ({ dialect, cases }) => {
		for (const { description, schema, tests } of cases) {
			const from = schemaOf(schema, dialect);
			const check = createValidation({ overlaps: "refused" }).compile(from, "response");
			for (const optional of ["all", "some", "none"] as const) {
				const generated = generate(from, { seed: 1, direction: "response", optional });
				if (generated.ok) expect(check(generated.value), description).toEqual([]);
				else
					expect(
						tests.filter(({ valid }) => valid),
						`${description}: ${generated.reason}`,
					).toEqual([]);
			}
		}
	});

	it("has no exception that is not needed", () => {
		const unused = EXCEPTIONS.filter(({ file, title }) => {
			const cases = files.filter(({ name }) => file.test(name));
			return cases.every(({ dialect, cases: list }) =>
				list.every(({ description, schema, tests }) => {
					const check = createValidation().compile(schemaOf(schema, dialect), "response");
					return tests.every(
						(one) =>
							!(title?.test(`${description}: ${one.description}`) ?? true) ||
							(check(one.data).length === 0) === one.valid,
					);
				}),
			);
		});
		expect(unused).toEqual([]);
	});
});

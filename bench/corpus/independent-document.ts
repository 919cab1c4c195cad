import { existsSync, readFileSync } from "node:fs";
import type { ErrorObject } from "ajv/dist/2020.js";
import { parse } from "yaml";
import type { Contract } from "../../src/contract/contract.ts";
import type { Schema } from "../../src/schema/schema.ts";
import { createIndependent } from "../schema/independent.ts";

/** Says what Ajv has against a value, on the document as it is written; undefined when it has nothing. */
export type Judge = (schema: Schema | undefined, value: unknown) => string | undefined;

export interface Judges {
	readonly request: Judge;
	readonly response: Judge;
	/** Schemas that Ajv cannot compile, each with its reason; what they describe is not judged. */
	readonly unjudged: ReadonlyMap<string, string>;
	/** Values that several alternatives admit although they exclude each other, of which a discriminator names one. */
	readonly overlaps: { readonly count: number };
}

/** Judges of the schemas of a document that share nothing with the kit. */
export function createJudges(contract: Contract): Judges {
	const isOld = /^(2|3\.0)/.test(contract.openapi);
	const opened = new Map<string, unknown>();
	const open = (file: string): unknown => {
		if (!opened.has(file)) opened.set(file, existsSync(file) ? parseFile(file) : undefined);
		return opened.get(file);
	};
	const unjudged = new Map<string, string>();
	const overlaps = { count: 0 };
	const judgeOf = (direction: "request" | "response"): Judge => {
		const independent = createIndependent({ open, isOld, direction });
		const compiled = new Map<string, ReturnType<typeof independent.compile>>();
		return (schema, value) => {
			if (schema === undefined) return undefined;
			const { file, pointer } = schema.source;
			const place = `${file}#${pointer}`;
			const validate = compiled.get(place) ?? independent.compile(file, pointer);
			compiled.set(place, validate);
			if (typeof validate === "string") {
				unjudged.set(place, validate);
				return undefined;
			}
			if (validate(value)) return undefined;
			const [error] = (validate.errors ?? []).filter((one) => !isDecided(one));
			if (error === undefined) {
				overlaps.count++;
				return undefined;
			}
			return `${error?.instancePath || "it"} ${error?.message} ${JSON.stringify(error?.params)}`;
		};
	};
	return { request: judgeOf("request"), response: judgeOf("response"), unjudged, overlaps };
}

/** By the letter of `oneOf` the value is of several alternatives, of which a discriminator names one. */
function isDecided({ params, parentSchema }: ErrorObject): boolean {
	const { passingSchemas } = params as { passingSchemas?: unknown };
	return Array.isArray(passingSchemas) && parentSchema !== undefined && "discriminator" in parentSchema;
}

function parseFile(file: string): unknown {
	const text = readFileSync(file, "utf8");
	if (file.endsWith(".json")) return JSON.parse(text);
	return parse(text, { strict: false, uniqueKeys: false, maxAliasCount: -1, logLevel: "silent" });
}

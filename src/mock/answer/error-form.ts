import { STATUS_CODES } from "node:http";
import type { Contract, MediaType } from "../../contract/contract.ts";
import type { Json } from "../../http/exchange.ts";
import { isJson } from "../../http/media-type.ts";
import { resolve } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Telling } from "./error-body.ts";

/** Operations looked at for the form of errors; the first of a large document show it as well as all. */
const OPERATIONS_MAX = 200;

/**
 * The form that a document gives most of its errors: what it takes for errors that it does not foresee. Undefined when
 * it documents none with a JSON body.
 */
export function usualErrorForm(contract: Contract): MediaType | undefined {
	const found = new Map<Schema, { readonly media: MediaType; count: number }>();
	for (const { responses } of contract.operations.slice(0, OPERATIONS_MAX)) {
		for (const { status, content } of responses) {
			const media = /^[45]|^default$/.test(status) ? content.find(({ name }) => isJson(name)) : undefined;
			if (media?.schema === undefined) continue;
			const schema = resolve(media.schema);
			const known = found.get(schema);
			if (known === undefined) found.set(schema, { media, count: 1 });
			else known.count++;
		}
	}
	return [...found.values()].sort((a, b) => b.count - a.count)[0]?.media;
}

export const PROBLEM_JSON = "application/problem+json";

/** Problem Details (RFC 9457), for an API that documents no form of its own. */
export function problemDetails({ status, message, flaws }: Telling): Json {
	const errors = flaws.map(({ in: place, at, message: detail }) => ({
		detail,
		...(place === "body" ? { pointer: `#${at}` } : { in: place, name: at }),
	}));
	return {
		type: "about:blank",
		title: STATUS_CODES[status] ?? "Error",
		status,
		detail: message,
		...(errors.length === 0 ? {} : { errors }),
	};
}

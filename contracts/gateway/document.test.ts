import SwaggerParser from "@apidevtools/swagger-parser";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, test } from "vitest";

const DOCUMENT = "spec/gateway/openapi.yaml";
const METHODS = ["get", "put", "post", "delete"] as const;

interface Operation {
	readonly operationId: string;
	readonly requestBody?: WithContent;
	readonly responses: Readonly<Record<string, WithContent>>;
}

interface WithContent {
	readonly content?: Readonly<Record<string, MediaType>>;
}

interface MediaType {
	readonly schema: object;
	readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

describe("the gateway's document", () => {
	let operations: readonly Operation[];
	beforeAll(async () => {
		await SwaggerParser.validate(DOCUMENT);
		const { paths = {} } = await SwaggerParser.dereference(DOCUMENT);
		operations = Object.values(paths).flatMap((item) => {
			const methods = item as Partial<Record<(typeof METHODS)[number], Operation>>;
			return METHODS.map((method) => methods[method]).filter((operation) => operation !== undefined);
		});
	});

	test("has the operations of the page and the call that shows them work", () => {
		expect(operations.map(({ operationId }) => operationId)).toEqual([
			"getApp",
			"upsertApp",
			"deleteApp",
			"listCids",
			"replaceCids",
			"removeCid",
			"getHealth",
			"listRecentErrors",
			"getMetrics",
			"dial",
		]);
	});

	test("has a valid example for every body", () => {
		const ajv = new Ajv2020({ strict: false, allErrors: true });
		addFormats.default(ajv);
		const bad = operations.flatMap(({ operationId, requestBody, responses }) =>
			Object.entries({ body: requestBody, ...responses }).flatMap(([place, part]) =>
				Object.entries(part?.content ?? {}).flatMap(([name, { schema, examples = {} }]) => {
					const where = `${operationId} ${place} ${name}`;
					const values = Object.entries(examples);
					if (values.length === 0) return [`${where} has no example`];
					return values
						.filter(([, { value }]) => !ajv.validate(schema, value))
						.map(([example]) => `${where} ${example}: ${ajv.errorsText()}`);
				}),
			),
		);
		expect(bad).toEqual([]);
	});
});

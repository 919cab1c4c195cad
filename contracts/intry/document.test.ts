import SwaggerParser from "@apidevtools/swagger-parser";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, test } from "vitest";
import { KINDS, SCOPES } from "../../src/reference/intry/core/kinds.ts";

const DOCUMENT = "spec/intry/admin.yaml";
const METHODS = ["get", "put", "post", "patch", "delete"] as const;

interface Operation {
	readonly operationId: string;
	readonly security: readonly { readonly apiKey: readonly string[] }[];
	readonly parameters?: readonly Parameter[];
	readonly requestBody?: WithContent;
	readonly responses: Readonly<Record<string, WithContent & { readonly headers?: object }>>;
}

interface Parameter {
	readonly name: string;
	readonly in: string;
	readonly required?: boolean;
	readonly schema: { readonly enum?: unknown };
	readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface WithContent {
	readonly content?: Readonly<Record<string, MediaType>>;
}

interface MediaType {
	readonly schema: object;
	readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

describe("Intry's document", () => {
	let operations: readonly (Operation & { readonly path: string; readonly method: string })[];
	beforeAll(async () => {
		await SwaggerParser.validate(DOCUMENT);
		const { paths = {} } = await SwaggerParser.dereference(DOCUMENT);
		operations = Object.entries(paths).flatMap(([path, item]) => {
			const { parameters: shared = [], ...methods } = item as Partial<Record<(typeof METHODS)[number], Operation>> & {
				readonly parameters?: readonly Parameter[];
			};
			return METHODS.flatMap((method) => {
				const operation = methods[method];
				if (operation === undefined) return [];
				return [{ ...operation, parameters: [...shared, ...(operation.parameters ?? [])], path, method }];
			});
		});
	});

	test("has the resources of the page under /api/admin, and nothing of the core routes", () => {
		const paths = new Set(operations.map(({ path }) => path));
		const resources = KINDS.flatMap(({ plural }) => [`/api/admin/${plural}`, `/api/admin/${plural}/{id}`]);
		expect([...paths].toSorted()).toEqual([...resources, "/api/admin/analytics", "/api/admin/stats"].toSorted());
		expect(operations).toHaveLength(6 * 5 + 2);
	});

	test("asks for X-Admin-Env everywhere, an open set with the four values of the page", () => {
		for (const { operationId, parameters = [] } of operations) {
			const header = parameters.find(({ name }) => name === "X-Admin-Env");
			expect(header, operationId).toMatchObject({ in: "header", required: true });
			expect(header?.schema.enum, operationId).toBeUndefined();
			const values = Object.values(header?.examples ?? {}).map(({ value }) => value);
			expect(values).toEqual(["PROD", "STAGING", "TEST", "DEV"]);
		}
	});

	test("asks for the scope to read where nothing changes and to write elsewhere, and for no other", () => {
		for (const { path, method, security } of operations) {
			const name = path.split("/")[3];
			expect(security, `${method} ${path}`).toEqual([{ apiKey: [`${name}:${method === "get" ? "read" : "write"}`] }]);
		}
		const asked = operations.flatMap(({ security }) => security.flatMap(({ apiKey }) => apiKey));
		expect([...new Set(asked)].toSorted()).toEqual([...SCOPES].toSorted());
	});

	test("has 401, 403, 422 and the proxy's answers everywhere, each with a correlation id", () => {
		for (const { operationId, responses } of operations) {
			expect(Object.keys(responses), operationId).toEqual(
				expect.arrayContaining(["401", "403", "422", "500", "502", "503", "504"]),
			);
			for (const [status, { headers }] of Object.entries(responses)) {
				expect(headers, `${operationId} ${status}`).toMatchObject({ "X-Correlation-Id": { required: true } });
			}
		}
	});

	test("shows the filters that the reference has", () => {
		for (const { plural, filters, order } of KINDS) {
			const list = operations.find(({ path, method }) => path === `/api/admin/${plural}` && method === "get");
			const queries = list?.parameters?.filter((parameter) => parameter.in === "query") ?? [];
			expect(queries.map(({ name }) => name)).toEqual([...Object.keys(filters), "sort", "limit", "offset"]);
			const sort = queries.find(({ name }) => name === "sort");
			expect(sort?.schema.enum).toEqual([order, `-${order}`, "created_at", "-created_at"]);
		}
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

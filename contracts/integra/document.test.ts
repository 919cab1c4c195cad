import SwaggerParser from "@apidevtools/swagger-parser";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, test } from "vitest";

const DOCUMENT = "spec/integra/openapi.yaml";
const METHODS = ["get", "put", "post", "patch", "delete"] as const;

interface Operation {
	readonly operationId: string;
	readonly tags: readonly string[];
	readonly security: readonly Readonly<Record<string, readonly string[]>>[];
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

describe("Integra's document", () => {
	let operations: readonly (Operation & { readonly path: string; readonly method: string })[];
	beforeAll(async () => {
		await SwaggerParser.validate(DOCUMENT);
		const { paths = {} } = await SwaggerParser.dereference(DOCUMENT);
		operations = Object.entries(paths).flatMap(([path, item]) => {
			const methods = item as Partial<Record<(typeof METHODS)[number], Operation>>;
			return METHODS.flatMap((method) => {
				const operation = methods[method];
				return operation === undefined ? [] : [{ ...operation, path, method }];
			});
		});
	});

	test("has the operations of the page, each below /admin/v1", () => {
		expect(operations).toHaveLength(23);
		expect(operations.filter(({ path }) => !path.startsWith("/admin/v1/"))).toEqual([]);
	});

	test("asks for the scope of what is acted on, and for all admin scopes where the whole platform is meant", () => {
		const asked = operations.map(({ path, security }) => [path.split("/")[3], security[0]?.adminKey]);
		const scopes = new Map(asked.map(([part, needed]) => [part, needed]));
		expect(asked).toEqual(asked.map(([part]) => [part, scopes.get(part as string)]));
		expect(Object.fromEntries(scopes)).toEqual({
			users: ["admin:users"],
			organizations: ["admin:orgs"],
			"api-keys": ["admin:keys"],
			config: ["admin:users", "admin:orgs", "admin:keys"],
			analytics: ["admin:orgs"],
			"audit-logs": ["admin:orgs"],
			batch: ["admin:users"],
		});
	});

	test("names each operation as the audit log does", async () => {
		const { components } = (await SwaggerParser.dereference(DOCUMENT)) as {
			readonly components?: { readonly schemas?: { readonly Action?: { readonly enum: readonly string[] } } };
		};
		const named = operations.map(({ operationId }) => operationId);
		expect(components?.schemas?.Action?.enum.toSorted()).toEqual([...named, "unknown"].toSorted());
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

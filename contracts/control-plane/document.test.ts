import SwaggerParser from "@apidevtools/swagger-parser";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, test } from "vitest";
import { ACTIONS, EVENT_TYPES } from "../../src/reference/control-plane/actions.ts";

const DOCUMENT = "spec/control-plane/openapi.yaml";
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

describe("the control plane's document", () => {
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

	test("has the 33 operations of the page, and three that it marks as additions", () => {
		const additions = operations.filter(({ tags }) => tags.includes("additions"));
		expect(operations.length - additions.length).toBe(33);
		expect(additions.map(({ operationId }) => operationId)).toEqual(["acceptInvitation", "getOwnProject", "getJwks"]);
	});

	test("asks for a token with the role to write wherever something is changed, and to read elsewhere", () => {
		for (const { path, method, security } of operations.filter(({ path }) => path.startsWith("/v1/admin"))) {
			expect(security, `${method} ${path}`).toEqual([{ adminToken: [method === "get" ? "read" : "write"] }]);
		}
		expect(operations.filter(({ path }) => path.startsWith("/health")).map(({ security }) => security)).toEqual([
			[],
			[],
			[],
		]);
	});

	test("names the actions and events that the reference has", async () => {
		const { components } = (await SwaggerParser.dereference(DOCUMENT)) as {
			readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
		};
		expect(components?.schemas?.Action).toMatchObject({ enum: ACTIONS });
		expect(components?.schemas?.WebhookCreate).toMatchObject({
			properties: { events: { items: { enum: EVENT_TYPES } } },
		});
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

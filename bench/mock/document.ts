/** One collection of items with ten typed properties, behind a key: what every server of this bench serves. */
export const KEY = "bench-key-0123456789";

const ID = "5f1d7e4e-27d8-4a0f-9b57-3a4f6c2f9a10";

/** @param index items differ by it, and by nothing that costs more or less */
export function sampleItem(index: number): Readonly<Record<string, unknown>> {
	return {
		name: `Item number ${String(index).padStart(4, "0")}`,
		description: "A thing that is kept on a shelf until somebody wants it.",
		status: "active",
		price: 12.5,
		quantity: 40,
		available: true,
		tags: ["red", "small"],
		email: "owner@example.com",
		released: "2024-05-17",
	};
}

export const INVALID_ITEM: Readonly<Record<string, unknown>> = { ...sampleItem(0), price: "cheap", quantity: -1 };

const fields = {
	name: { type: "string", minLength: 1, maxLength: 100 },
	description: { type: "string", maxLength: 500 },
	status: { type: "string", enum: ["draft", "active", "retired"] },
	price: { type: "number", minimum: 0 },
	quantity: { type: "integer", minimum: 0 },
	available: { type: "boolean" },
	tags: { type: "array", items: { type: "string" }, maxItems: 10 },
	email: { type: "string", format: "email" },
	released: { type: "string", format: "date" },
};
const required = ["name", "status", "price", "quantity"];
export const newItemSchema: object = {
	type: "object",
	required: required,
	additionalProperties: false,
	properties: fields,
};

const item = { $ref: "#/components/schemas/Item" };
const json = (schema: unknown, example?: unknown): object => ({
	"application/json": { schema, ...(example === undefined ? {} : { example }) },
});
const refused = { description: "Refused.", content: json({ $ref: "#/components/schemas/Error" }) };

export function benchDocument(items: number): object {
	const all = Array.from({ length: items }, (_, index) => ({
		id: `${ID.slice(0, -4)}${String(index).padStart(4, "0")}`,
		...sampleItem(index),
	}));
	return {
		openapi: "3.0.3",
		info: { title: "Bench", version: "1.0.0" },
		security: [{ key: [] }],
		paths: {
			"/items": {
				get: {
					operationId: "listItems",
					responses: { 200: { description: "All.", content: json({ type: "array", items: item }, all) }, 401: refused },
				},
				post: {
					operationId: "createItem",
					requestBody: { required: true, content: json({ $ref: "#/components/schemas/NewItem" }) },
					responses: { 201: { description: "Made.", content: json(item) }, 400: refused, 401: refused },
				},
			},
			"/items/{id}": {
				parameters: [{ name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } }],
				get: {
					operationId: "getItem",
					responses: { 200: { description: "It.", content: json(item, all[0]) }, 401: refused, 404: refused },
				},
				delete: {
					operationId: "deleteItem",
					responses: { 204: { description: "Gone." }, 401: refused, 404: refused },
				},
			},
		},
		components: {
			securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Api-Key" } },
			schemas: {
				NewItem: newItemSchema,
				Item: {
					type: "object",
					required: ["id", ...required],
					properties: { id: { type: "string", format: "uuid", readOnly: true }, ...fields },
				},
				Error: {
					type: "object",
					required: ["message"],
					properties: { message: { type: "string" }, errors: { type: "array", items: { type: "string" } } },
				},
			},
		},
	};
}

/** The id of an item that the document shows. */
export function idOf(index: number): string {
	return `${ID.slice(0, -4)}${String(index).padStart(4, "0")}`;
}

export const ITEMS = 20;

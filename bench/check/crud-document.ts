/** Words for resources of a made-up API; each becomes a collection with five operations. */
const NOUNS = ["accounts", "books", "cases", "deals", "events", "forms", "goods", "hints", "items", "jobs"] as const;

/**
 * An OpenAPI document of modelled CRUD: `resources` collections, each with create, list, get, replace and delete. Its
 * words are plain, so that every effect is documented and not only conventional.
 */
export function crudDocument(resources: number): string {
	const paths: Record<string, unknown> = {};
	for (let index = 0; index < resources; index++) {
		const name = `${NOUNS[index % NOUNS.length]}${Math.floor(index / NOUNS.length) || ""}`;
		paths[`/${name}`] = { get: listOf(name), post: creating(name) };
		paths[`/${name}/{id}`] = {
			parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
			get: onItem(`get-${name}`, `Get one of the ${name}`, 200),
			put: { ...onItem(`replace-${name}`, `Replace one of the ${name}`, 200), requestBody: NEW },
			delete: onItem(`delete-${name}`, `Delete one of the ${name}`, 204),
		};
	}
	return JSON.stringify({
		openapi: "3.1.0",
		info: { title: "CRUD", version: "1" },
		paths,
		components: { schemas: SCHEMAS },
	});
}

const FIELDS = {
	title: { type: "string", minLength: 1, maxLength: 80 },
	count: { type: "integer", minimum: 0, maximum: 1000 },
	open: { type: "boolean" },
	kind: { enum: ["small", "middle", "large"] },
	labels: { type: "array", items: { type: "string", maxLength: 20 }, maxItems: 5 },
};
const SCHEMAS = {
	New: { type: "object", required: ["title"], properties: FIELDS, additionalProperties: false },
	Item: {
		type: "object",
		required: ["id", "title"],
		properties: { id: { type: "string", readOnly: true }, ...FIELDS },
	},
};
const ITEM = { "application/json": { schema: { $ref: "#/components/schemas/Item" } } };
const NEW = { required: true, content: { "application/json": { schema: { $ref: "#/components/schemas/New" } } } };
const REFUSED = { description: "The input is not valid." };
const UNKNOWN = { description: "There is no such item." };

function listOf(name: string): unknown {
	const list = { "application/json": { schema: { type: "array", items: { $ref: "#/components/schemas/Item" } } } };
	return {
		operationId: `list-${name}`,
		summary: `List the ${name}`,
		responses: { 200: { description: "All.", content: list } },
	};
}

function creating(name: string): unknown {
	const responses = { 201: { description: "The new one.", content: ITEM }, 400: REFUSED };
	return { operationId: `create-${name}`, summary: `Create one of the ${name}`, requestBody: NEW, responses };
}

function onItem(operationId: string, summary: string, status: number): Record<string, unknown> {
	const success = status === 204 ? { description: "It is gone." } : { description: "The item.", content: ITEM };
	return { operationId, summary, responses: { [status]: success, 400: REFUSED, 404: UNKNOWN } };
}

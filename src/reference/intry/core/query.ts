import type { preValidationHookHandler } from "fastify";
import type { Kind } from "./kinds.ts";
import type { Condition, Question } from "./store.ts";

type Schema = Readonly<Record<string, unknown>>;

/** The query of a request after it was found valid. */
export type Query = Readonly<Record<string, string | number | undefined>>;

export const LIMIT: Schema = { type: "integer", minimum: 1, maximum: 100 };
const OFFSET: Schema = { type: "integer", minimum: 0, maximum: 1_000_000 };
const LIMIT_DEFAULT = 20;

/** What the list of a kind can be asked for. A name that nobody knows is refused: a misspelt filter would list everything. */
export function listQuerySchema(kind: Kind, limit: Schema = LIMIT): Schema {
	const filters = Object.entries(kind.filters).map(([name, { schema }]) => [name, schema]);
	return querySchema({
		...Object.fromEntries(filters),
		sort: { enum: ["created_at", "-created_at", kind.order, `-${kind.order}`] },
		limit,
		offset: OFFSET,
	});
}

export function querySchema(properties: Schema): Schema {
	return { type: "object", properties, additionalProperties: false };
}

/** Whole numbers of a query arrive as text; whatever else stands there is left for the schema to refuse. */
export function readNumbers(schema: Schema): preValidationHookHandler {
	const parts = Object.entries(schema.properties as Readonly<Record<string, Schema>>);
	const numbers = parts.filter(([, part]) => part.type === "integer").map(([name]) => name);
	return (request, _reply, done) => {
		const query = request.query as Record<string, unknown>;
		for (const name of numbers) {
			const text = query[name];
			if (typeof text === "string" && /^-?\d{1,9}$/.test(text)) query[name] = Number(text);
		}
		done();
	};
}

/** What a valid query asks for. */
export function readQuestion(kind: Kind, query: Query): Question {
	const { limit = LIMIT_DEFAULT, offset = 0, sort = "-created_at" } = query;
	const conditions = Object.entries(kind.filters).flatMap(([parameter, filter]): readonly Condition[] => {
		const value = query[parameter];
		return value === undefined ? [] : [{ ...filter, parameter, value }];
	});
	const order = String(sort);
	return {
		conditions,
		order: order.replace(/^-/, ""),
		descending: order.startsWith("-"),
		limit: Number(limit),
		offset: Number(offset),
	};
}

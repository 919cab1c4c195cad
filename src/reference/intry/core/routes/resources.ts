import type { FastifyInstance } from "fastify";
import { isForeignKeyViolation, isUniqueViolation } from "../../../database/database.ts";
import { conflict, notFound, Refused } from "../../http/refusal.ts";
import { requireScope } from "../access.ts";
import type { Core } from "../core.ts";
import type { Kind } from "../kinds.ts";
import { listQuerySchema, type Query, readNumbers, readQuestion } from "../query.ts";
import { createSchema, patchSchema } from "../schemas.ts";
import type { Item, Values } from "../store.ts";

interface ItemParams {
	readonly id: string;
}

/** List, create, get, update and delete the things of one kind. */
export function addResourceRoutes(app: FastifyInstance, core: Core, kind: Kind): void {
	const { store, findKey, covers } = core;
	const { plural, singular } = kind;
	const url = `/api/admin/${plural}`;
	const read = requireScope(findKey, covers, `${plural}:read`);
	const write = requireScope(findKey, covers, `${plural}:write`);
	const found = (item: Item | undefined): Record<string, Item> => {
		if (item === undefined) throw new Refused(notFound(singular));
		return { [singular]: item };
	};
	const querystring = listQuerySchema(kind);

	app.get<{ Querystring: Query }>(
		url,
		{ onRequest: read, preValidation: readNumbers(querystring), schema: { querystring } },
		async ({ query }) => {
			const question = readQuestion(kind, query);
			const { items, total } = await store.list(kind, question);
			return { [plural]: items, total, limit: question.limit, offset: question.offset };
		},
	);

	app.post<{ Body: Values }>(
		url,
		{ onRequest: write, schema: { body: createSchema(kind) } },
		async (request, reply) => {
			const item = await refusingViolations(kind, () => store.create(kind, request.body));
			return reply.code(201).send(found(item));
		},
	);

	app.get<{ Params: ItemParams }>(`${url}/:id`, { onRequest: read }, async ({ params }) =>
		found(await store.get(kind, params.id)),
	);

	app.patch<{ Params: ItemParams; Body: Values }>(
		`${url}/:id`,
		{ onRequest: write, schema: { body: patchSchema(kind) } },
		async ({ params, body }) => found(await refusingViolations(kind, () => store.update(kind, params.id, body))),
	);

	app.delete<{ Params: ItemParams }>(`${url}/:id`, { onRequest: write }, async ({ params }, reply) => {
		if (!(await store.remove(kind, params.id))) throw new Refused(notFound(singular));
		return reply.code(204).send();
	});
}

/** What the database refuses is told in the words of the API. */
async function refusingViolations<T>(kind: Kind, run: () => Promise<T>): Promise<T> {
	try {
		return await run();
	} catch (error) {
		if (isUniqueViolation(error)) throw new Refused(conflict(`Another ${kind.singular} has this ${kind.unique}`));
		if (isForeignKeyViolation(error)) throw new Refused(notFound(kind.owner?.singular ?? kind.singular));
		throw error;
	}
}

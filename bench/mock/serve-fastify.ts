import { randomUUID } from "node:crypto";
import { argv } from "node:process";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { fastify } from "fastify";
import { ITEMS, idOf, KEY, newItemSchema, sampleItem } from "./document.ts";

/** What a developer writes by hand in an hour: routes, Ajv, a Map, and a look at the key. */
type Item = Readonly<Record<string, unknown>>;

const items = new Map<string, Item>();
for (let index = 0; index < ITEMS; index++) items.set(idOf(index), { id: idOf(index), ...sampleItem(index) });

const ajv = new Ajv({ allErrors: true });
formats.default(ajv);
const isItem = ajv.compile(newItemSchema);
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const app = fastify();
app.addHook("onRequest", (request, reply, done) => {
	if (request.headers["x-api-key"] === KEY) done();
	else void reply.code(401).send({ message: "The key is wrong" });
});
app.get("/items", () => [...items.values()]);
app.get<{ Params: { id: string } }>("/items/:id", (request, reply) => {
	const { id } = request.params;
	const item = UUID.test(id) ? items.get(id) : undefined;
	return item ?? reply.code(404).send({ message: "There is no such item" });
});
app.post("/items", (request, reply) => {
	if (!isItem(request.body)) {
		const errors = (isItem.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
		return reply.code(400).send({ message: "The body is wrong", errors });
	}
	const item: Item = { id: randomUUID(), ...(request.body as Item) };
	items.set(String(item.id), item);
	return reply.code(201).send(item);
});
app.delete<{ Params: { id: string } }>("/items/:id", (request, reply) =>
	items.delete(request.params.id) ? reply.code(204).send() : reply.code(404).send({ message: "There is no such item" }),
);
await app.listen({ port: Number(argv[2]), host: "127.0.0.1" });

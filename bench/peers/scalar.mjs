// Serves a document with @scalar/mock-server; with `stateful`, what is posted is stored by hand-written handlers.
import { readFileSync } from "node:fs";
import { serve } from "@hono/node-server";
import { createMockServer } from "@scalar/mock-server";

const [file, port, mode] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
const document = mode === "stateful" ? withHandlers(JSON.parse(text)) : text;
const app = await createMockServer({ document });
serve({ fetch: app.fetch, port: Number(port), hostname: "127.0.0.1" });

function withHandlers(api) {
	const [items, item] = [api.paths["/items"], api.paths["/items/{id}"]];
	items.get["x-handler"] = "return store.list('Item')";
	items.post["x-handler"] = "return store.create('Item', req.body)";
	item.get["x-handler"] = "return store.get('Item', req.params.id)";
	api.components.schemas.Item["x-seed"] =
		`for (const one of ${JSON.stringify(items.get.responses["200"].content["application/json"].example)}) store.create('Item', one)`;
	return api;
}

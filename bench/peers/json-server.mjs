// Serves the examples of a document's lists with json-server: state, and no document.
import { readFileSync } from "node:fs";
import jsonServer from "json-server";

const [file, port] = process.argv.slice(2);
const { paths } = JSON.parse(readFileSync(file, "utf8"));
const { example } = paths["/items"].get.responses["200"].content["application/json"];
const server = jsonServer.create();
server.use(jsonServer.defaults({ logger: false }));
server.use(jsonServer.bodyParser);
server.use(jsonServer.router({ items: example }));
server.listen(Number(port), "127.0.0.1");

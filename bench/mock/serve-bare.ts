import { createServer } from "node:http";
import { argv } from "node:process";
import { ITEMS, idOf, sampleItem } from "./document.ts";

/** `node:http` and nothing else, answering constants of the same size. */
const all = Array.from({ length: ITEMS }, (_, index) => ({ id: idOf(index), ...sampleItem(index) }));
const [one, list] = [JSON.stringify(all[0]), JSON.stringify(all)];
const refusal = JSON.stringify({
	message: "The body is wrong",
	errors: ["price must be number", "quantity must be >= 0"],
});

createServer((request, response) => {
	const answer = (status: number, body: string): void => {
		response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
		response.end(body);
	};
	if (request.method === "GET") {
		answer(200, request.url === "/items" ? list : one);
		return;
	}
	let text = "";
	request.setEncoding("utf8");
	request.on("data", (chunk: string) => {
		text += chunk;
	});
	request.on("end", () => (text.includes('"cheap"') ? answer(400, refusal) : answer(201, one)));
}).listen(Number(argv[2]), "127.0.0.1");

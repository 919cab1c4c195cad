// Serves a document with openapi-backend: validation and mocked answers, no state.
import { createServer } from "node:http";
import { OpenAPIBackend } from "openapi-backend";

const [file, port] = process.argv.slice(2);
const api = new OpenAPIBackend({ definition: file, quick: false });
api.register({
	notImplemented: (context) => {
		const { status, mock } = context.api.mockResponseForOperation(context.operation.operationId);
		return { status, body: mock };
	},
	notFound: () => ({ status: 404, body: { message: "There is no such path" } }),
	validationFail: (context) => ({
		status: 400,
		body: { message: "The body is wrong", errors: context.validation.errors },
	}),
	unauthorizedHandler: () => ({ status: 401, body: { message: "The key is wrong" } }),
});
api.registerSecurityHandler("key", (context) => context.request.headers["x-api-key"] !== undefined);
await api.init();
createServer((request, response) => {
	let text = "";
	request.setEncoding("utf8");
	request.on("data", (chunk) => {
		text += chunk;
	});
	request.on("end", async () => {
		const { method, url: path, headers } = request;
		const body = text === "" ? undefined : JSON.parse(text);
		const answer = await api.handleRequest({ method, path, headers, body });
		response.writeHead(answer.status, { "content-type": "application/json" });
		response.end(JSON.stringify(answer.body));
	});
}).listen(Number(port), "127.0.0.1");

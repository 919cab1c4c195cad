import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { isAnswer } from "./exchange.ts";
import { createSender, type Sender, type SenderOptions } from "./send.ts";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function listen(server: Server): Promise<string> {
	const sockets = new Set<Socket>();
	server.on("connection", (socket) => {
		sockets.add(socket);
		socket.on("error", () => {});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	cleanups.push(async () => {
		for (const socket of sockets) socket.destroy();
		await new Promise((resolve) => server.close(resolve));
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const serve = (listener: RequestListener): Promise<string> => listen(createHttpServer(listener));
const serveRaw = (talk: (socket: Socket) => void): Promise<string> =>
	listen(createServer((socket) => void socket.once("data", () => talk(socket))));

function open(baseUrl: string, options: Partial<SenderOptions> = {}): Sender {
	const sender = createSender({ baseUrl, timeoutMs: 2_000, maxBodyBytes: 10_000, connections: 2, ...options });
	cleanups.push(() => sender.close());
	return sender;
}

const GET = { method: "GET", path: "/", headers: {} } as const;
const failureOf = async (sender: Sender): Promise<string> => {
	const { answer } = await sender.send(GET);
	return isAnswer(answer) ? `status ${answer.status}` : answer.failure;
};

describe("an exchange", () => {
	test("carries method, target, headers and body exactly", async () => {
		const url = await serve((request, response) => {
			request.setEncoding("utf8").on("data", (body: string) => {
				const { host: _, connection: __, ...headers } = request.headers;
				response.end(JSON.stringify({ method: request.method, url: request.url, headers, body }));
			});
		});
		const sender = open(`${url}/base/`, { headers: { "x-key": "k", "x-other": "o" } });
		const { answer } = await sender.send({
			method: "DELETE",
			path: "/a%2Fb/..;/?q=%20&deep[x]=1",
			headers: { "x-key": "mine", "content-type": "application/json" },
			body: '"ü"',
		});
		expect(isAnswer(answer) && JSON.parse(answer.body)).toEqual({
			method: "DELETE",
			url: "/base/a%2Fb/..;/?q=%20&deep[x]=1",
			headers: { "x-key": "mine", "x-other": "o", "content-type": "application/json", "content-length": "4" },
			body: '"ü"',
		});
	});

	test("joins repeated headers, and follows no redirect", async () => {
		const url = await serve((_, response) => {
			response.writeHead(302, { location: "/elsewhere", link: ["<a>", "<b>"] }).end();
		});
		const { answer } = await open(url).send(GET);
		expect(answer).toMatchObject({ status: 302, headers: { location: "/elsewhere", link: "<a>, <b>" } });
	});

	test("reuses its connections", async () => {
		const ports = new Set<number | undefined>();
		const url = await serve((request, response) => {
			ports.add(request.socket.remotePort);
			response.end();
		});
		const sender = open(url, { connections: 1 });
		for (let round = 0; round < 5; round++) await sender.send(GET);
		expect(ports.size).toBe(1);
	});

	test("opens no more connections than it may", async () => {
		let most = 0;
		let now = 0;
		const url = await serve((_, response) => {
			most = Math.max(most, ++now);
			setTimeout(() => {
				now--;
				response.end();
			}, 20);
		});
		const sender = open(url, { connections: 2 });
		await Promise.all(Array.from({ length: 6 }, () => sender.send(GET)));
		expect(most).toBe(2);
	});

	test("is decoded by the charset and the coding that the answer names", async () => {
		const latin = await serve((_, response) => {
			response.setHeader("content-type", "text/plain; charset=iso-8859-1");
			response.end(Buffer.from("für", "latin1"));
		});
		const zipped = await serve((_, response) => {
			response.setHeader("content-encoding", "gzip").end(gzipSync("small"));
		});
		expect((await open(latin).send(GET)).answer).toMatchObject({ body: "für" });
		expect((await open(zipped).send(GET)).answer).toMatchObject({ body: "small" });
	});
});

describe("a hostile answer", () => {
	test("that is longer than the limit is cut there", async () => {
		const url = await serve((_, response) => {
			const write = (): void => {
				while (response.write("x".repeat(1_000)));
			};
			response.on("drain", write);
			write();
		});
		const { answer } = await open(url).send(GET);
		expect(answer).toMatchObject({ status: 200, truncated: true });
		expect(isAnswer(answer) && answer.body.length).toBe(10_000);
	});

	test("that unpacks to more than the limit is cut there", async () => {
		const url = await serve((_, response) => {
			response.setHeader("content-encoding", "gzip").end(gzipSync("x".repeat(1_000_000)));
		});
		const { answer } = await open(url).send(GET);
		expect(isAnswer(answer) && [answer.body.length, answer.truncated]).toEqual([10_000, true]);
	});

	test("that never begins is a timeout", async () => {
		const url = await serve(() => {});
		expect(await failureOf(open(url, { timeoutMs: 100 }))).toBe("timeout");
	});

	test("that begins and never ends is a timeout, and an event stream is what came until then", async () => {
		const stream = (mediaType: string): Promise<string> =>
			serve((_, response) => {
				response.setHeader("content-type", mediaType).write("data: 1\n\n");
			});
		expect(await failureOf(open(await stream("application/json"), { timeoutMs: 100 }))).toBe("timeout");
		const { answer } = await open(await stream("text/event-stream"), { timeoutMs: 100 }).send(GET);
		expect(answer).toMatchObject({ status: 200, body: "data: 1\n\n", truncated: true });
	});

	test.each([
		["reset", "nothing at all", (socket: Socket) => void socket.end()],
		["reset", "a reset connection", (socket: Socket) => void socket.resetAndDestroy()],
		["not-http", "another protocol", (socket: Socket) => void socket.end("SSH-2.0-OpenSSH_9.6\r\n")],
		["reset", "half a body", (socket: Socket) => void socket.end("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf")],
		[
			"too-large",
			"endless headers",
			(socket: Socket) => void socket.end(`HTTP/1.1 200 OK\r\nx: ${"x".repeat(99_999)}\r\n\r\n`),
		],
		[
			"not-http",
			"a broken coding",
			(socket: Socket) => void socket.end("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nnope"),
		],
	])("is %s for %s", async (failure, _, talk) => {
		expect(await failureOf(open(await serveRaw(talk)))).toBe(failure);
	});

	test("does not disturb the next exchange", async () => {
		let count = 0;
		const url = await serve((request, response) => {
			if (count++ === 0) request.socket.destroy();
			else response.end("well");
		});
		const sender = open(url, { connections: 1 });
		expect(await failureOf(sender)).toBe("reset");
		expect((await sender.send(GET)).answer).toMatchObject({ body: "well" });
	});
});

describe("no way to the service", () => {
	test("is told by its kind", async () => {
		expect(await failureOf(open("http://127.0.0.1:1"))).toBe("refused");
		expect(await failureOf(open("http://localhost:1"))).toBe("refused");
		expect(await failureOf(open("http://nowhere.invalid"))).toBe("dns");
		const plain = await serve((_, response) => void response.end());
		expect(await failureOf(open(plain.replace("http:", "https:")))).toBe("tls");
	});

	test.each([
		["127.0.0.1:8080", /is not an http or https URL/],
		["ftp://example.com", /is not an http or https URL/],
		["http://user:word@example.com", /holds credentials/],
		["http://example.com/?a=1", /has a query or a fragment/],
	])("%s is refused as a target", (baseUrl, message) => {
		expect(() => open(baseUrl)).toThrow(message);
	});

	test("a header that cannot be sent is the user's mistake", () => {
		expect(() => open("http://127.0.0.1:1", { headers: { "x-key": "a\nb" } })).toThrow(/x-key holds a control/);
	});

	test("a request that cannot be sent is our mistake", async () => {
		await expect(open("http://127.0.0.1:1").send({ ...GET, path: "/a b" })).rejects.toThrow(/percent-encoded/);
	});
});

test("an exchange costs well under a millisecond of CPU", async () => {
	const url = await listen(
		createServer(
			(socket) => void socket.on("data", () => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")),
		),
	);
	const sender = open(url, { connections: 1 });
	for (let round = 0; round < 300; round++) await sender.send(GET);
	const before = process.cpuUsage();
	for (let round = 0; round < 1_000; round++) await sender.send(GET);
	const spent = process.cpuUsage(before);
	expect((spent.user + spent.system) / 1_000 / 1_000).toBeLessThan(1);
});

import { once } from "node:events";
import {
	createServer,
	request as httpRequest,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, test } from "vitest";
import { startIntry } from "../../src/reference/intry/start.ts";
import { type JudgeAnswer, loadJudge } from "../documented-answer.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const TIMEOUT_MS = 300;
const judge: JudgeAnswer = await loadJudge("spec/intry/admin.yaml");

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0).toReversed()) await close();
});

/** A Core that does what a test says, and how often it was asked. */
async function startUpstream(handle: Handler): Promise<{ url: string; asked: IncomingMessage[]; server: Server }> {
	const asked: IncomingMessage[] = [];
	const server = createServer((request, response) => {
		asked.push(request);
		handle(request, response);
	}).listen(0, "127.0.0.1");
	await once(server, "listening");
	closing.push(async () => {
		server.closeAllConnections();
		server.close();
	});
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, server };
}

async function startProxy(coreUrls: Readonly<Record<string, string>>): Promise<string> {
	const { url, close } = await startIntry({ role: "proxy", coreUrls, upstreamTimeoutMs: TIMEOUT_MS });
	closing.push(close);
	return `${url}/api/admin`;
}

const IN_PROD = { "x-admin-env": "PROD" };

async function refused(answer: Response, status: number, message: string): Promise<void> {
	const { pathname } = new URL(answer.url);
	const body = await answer.json();
	expect({ status: answer.status, body }).toEqual({ status, body: { message } });
	expect(judge({ method: "GET", path: pathname, status, headers: answer.headers, body })).toEqual([]);
}

describe("the admin proxy", () => {
	test.each([undefined, "", "NOWHERE", "prod", "PROD,STAGING"])("reaches no Core for %j", async (name) => {
		const prod = await startUpstream((_request, response) => void response.end("{}"));
		const staging = await startUpstream((_request, response) => void response.end("{}"));
		const proxy = await startProxy({ PROD: prod.url, STAGING: staging.url });
		const answer = await fetch(`${proxy}/stats`, name === undefined ? {} : { headers: { "x-admin-env": name } });
		const what = name === undefined || name === "" ? "is missing" : "names no environment";
		await refused(answer, 422, `X-Admin-Env ${what}; it must be one of PROD, STAGING`);
		expect([prod.asked.length, staging.asked.length]).toEqual([0, 0]);
	});

	test("reaches the Core that is configured, and no other", async () => {
		const prod = await startUpstream((_request, response) => void response.end("prod"));
		const staging = await startUpstream((_request, response) => void response.end("staging"));
		const proxy = await startProxy({ PROD: prod.url, STAGING: staging.url });
		const answer = await fetch(`${proxy}/units?limit=1`, { headers: { "x-admin-env": "STAGING" } });
		expect(await answer.text()).toBe("staging");
		expect([prod.asked.length, staging.asked.map(({ url }) => url)]).toEqual([0, ["/api/admin/units?limit=1"]]);
	});

	test("passes on what concerns both ends, and nothing that concerns one connection", async () => {
		const core = await startUpstream((_request, response) => {
			response.writeHead(207, { connection: "x-hop", "x-hop": "1", "x-end": "2", "keep-alive": "timeout=9" }).end("ok");
		});
		const proxy = await startProxy({ PROD: core.url });
		const headers = {
			...IN_PROD,
			authorization: "Bearer some-key",
			connection: "x-private, keep-alive",
			"x-private": "1",
			"keep-alive": "timeout=7",
			te: "trailers",
			"proxy-authorization": "Basic x",
			via: "1.0 outside",
			"x-end": "yes",
		};
		const sent = httpRequest(`${proxy}/stats`, { headers }).end();
		const [answer] = (await once(sent, "response")) as [IncomingMessage];
		expect(await text(answer)).toBe("ok");
		expect(answer.statusCode).toBe(207);
		expect(answer.headers).toMatchObject({ "x-end": "2", "x-correlation-id": expect.any(String) });
		expect(answer.headers).not.toHaveProperty("x-hop");
		const passed = core.asked[0]?.headers ?? {};
		expect(passed).toMatchObject({
			authorization: "Bearer some-key",
			host: new URL(core.url).host,
			via: "1.0 outside, 1.1 intry-admin",
			"x-end": "yes",
			"x-correlation-id": answer.headers["x-correlation-id"],
		});
		for (const name of ["x-private", "te", "proxy-authorization"]) expect(passed).not.toHaveProperty(name);
		expect(passed["keep-alive"]).not.toBe("timeout=7");
	});

	test("streams both bodies: a part arrives before the next one is sent", async () => {
		const core = await startUpstream((request, response) => {
			request.on("data", (chunk) => response.write(`<${chunk}>`));
			request.on("end", () => response.end());
		});
		const proxy = await startProxy({ PROD: core.url });
		const sent = httpRequest(`${proxy}/tenants`, { method: "POST", headers: IN_PROD });
		sent.write("one");
		const [answer] = (await once(sent, "response")) as [IncomingMessage];
		expect(String((await once(answer, "data"))[0])).toBe("<one>");
		sent.write("two");
		expect(String((await once(answer, "data"))[0])).toBe("<two>");
		sent.end();
		await once(answer, "end");
	});

	test("answers 502 while a Core is away, and serves again when it is back", async () => {
		const core = await startUpstream((_request, response) => void response.end("{}"));
		const proxy = await startProxy({ PROD: core.url });
		expect((await fetch(`${proxy}/stats`, { headers: IN_PROD })).status).toBe(200);
		core.server.closeAllConnections();
		core.server.close();
		await once(core.server, "close");
		await refused(await fetch(`${proxy}/stats`, { headers: IN_PROD }), 502, "The environment PROD cannot be reached");
		core.server.listen(Number(new URL(core.url).port), "127.0.0.1");
		await once(core.server, "listening");
		expect((await fetch(`${proxy}/stats`, { headers: IN_PROD })).status).toBe(200);
	});

	test("answers 502 when a Core breaks off before it answers", async () => {
		const core = await startUpstream((request) => void request.socket.destroy());
		const proxy = await startProxy({ PROD: core.url });
		await refused(await fetch(`${proxy}/stats`, { headers: IN_PROD }), 502, "The environment PROD cannot be reached");
	});

	test("answers 504 when a Core says nothing in time", async () => {
		const core = await startUpstream(() => {});
		const proxy = await startProxy({ PROD: core.url });
		const started = performance.now();
		const answer = await fetch(`${proxy}/stats`, { headers: IN_PROD });
		await refused(answer, 504, "The environment PROD does not answer in time");
		expect(performance.now() - started).toBeGreaterThan(TIMEOUT_MS * 0.9);
	});

	test("breaks off when a Core stops in the middle of an answer", async () => {
		const core = await startUpstream((_request, response) => {
			response.writeHead(200, { "content-length": "10" });
			response.write("half", () => response.socket?.destroy());
		});
		const proxy = await startProxy({ PROD: core.url });
		const answer = await fetch(`${proxy}/stats`, { headers: IN_PROD });
		expect(answer.status).toBe(200);
		await expect(answer.text()).rejects.toThrow();
	});

	test("ends the request to the Core when the caller goes away", async () => {
		let ended: (() => void) | undefined;
		const end = new Promise<void>((resolve) => {
			ended = resolve;
		});
		const core = await startUpstream((request) => void request.socket.once("close", () => ended?.()));
		const proxy = await startProxy({ PROD: core.url });
		const socket = connect(Number(new URL(proxy).port), "127.0.0.1");
		socket.write("GET /api/admin/stats HTTP/1.1\r\nhost: x\r\nx-admin-env: PROD\r\n\r\n");
		await expect.poll(() => core.asked.length).toBe(1);
		socket.destroy();
		await end;
	});

	test("answers in its own words for what is no request to it", async () => {
		const core = await startUpstream((_request, response) => void response.end());
		const proxy = await startProxy({ PROD: core.url });
		const other = await fetch(proxy.replace("/api/admin", "/twilio/voice"), { headers: IN_PROD });
		expect([other.status, await other.json()]).toEqual([404, { message: "Not found" }]);
		const bad = await fetch(`${proxy}/units/%`, { headers: IN_PROD });
		expect([bad.status, await bad.json()]).toEqual([404, { message: "Not found" }]);
		expect(core.asked).toHaveLength(0);
	});
});

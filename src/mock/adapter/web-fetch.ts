import { setTimeout as sleep } from "node:timers/promises";
import type { Answer } from "../answer/answer.ts";
import { type MockRequest, TOO_LARGE } from "../request/mock-request.ts";
import type { Service } from "../serve.ts";
import { disturbedBody } from "./disturbed-body.ts";

/**
 * Serves a web `Request` without a port.
 *
 * @example await fetchWeb(service, new Request("http://mock/apps/a"), 1_000_000)
 */
export async function fetchWeb(service: Service, request: Request, bodyBytesMax: number): Promise<Response> {
	const { pathname, search, host } = new URL(request.url);
	const answer = await service.answer({
		method: request.method,
		path: `${pathname}${search}`,
		headers: { host, ...Object.fromEntries(request.headers) },
		body: await readBody(request, bodyBytesMax),
	});
	const { status, headers, body, disturbance } = answer;
	if (disturbance?.drop === "before-headers") throw new TypeError("fetch failed", { cause: lost() });
	const isWhole = disturbance?.drop === undefined && disturbance?.slowMs === undefined;
	return new Response(isWhole ? bodyOf(body) : streamOf(answer), { status, headers });
}

/** A view of bytes that another thread could change is none of ours. */
function bodyOf(body: Answer["body"]): string | Uint8Array<ArrayBuffer> | null {
	return (body ?? null) as string | Uint8Array<ArrayBuffer> | null;
}

function lost(): Error {
	return new Error("the connection was lost, by a fault of the mock");
}

function streamOf(answer: Answer): ReadableStream<Uint8Array> {
	const { pieces, pauseMs, isLost } = disturbedBody(answer);
	let next = 0;
	return new ReadableStream({
		pull: async (controller) => {
			const piece = pieces[next++];
			if (piece !== undefined && pauseMs > 0) await sleep(pauseMs, undefined, { ref: false });
			if (piece !== undefined) controller.enqueue(piece);
			else if (isLost) controller.error(lost());
			else controller.close();
		},
	});
}

async function readBody({ body }: Request, bytesMax: number): Promise<MockRequest["body"]> {
	if (body === null) return undefined;
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.length;
		if (bytes > bytesMax) return TOO_LARGE;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

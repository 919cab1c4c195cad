import { type MockRequest, TOO_LARGE } from "../request/mock-request.ts";
import type { Service } from "../serve.ts";

/**
 * Serves a web `Request` without a port.
 *
 * @example await fetchWeb(service, new Request("http://mock/apps/a"), 1_000_000)
 */
export async function fetchWeb(service: Service, request: Request, bodyBytesMax: number): Promise<Response> {
	const { pathname, search, host } = new URL(request.url);
	const { status, headers, body } = await service.answer({
		method: request.method,
		path: `${pathname}${search}`,
		headers: { host, ...Object.fromEntries(request.headers) },
		body: await readBody(request, bodyBytesMax),
	});
	// A view of bytes that another thread could change is none of ours.
	return new Response((body ?? null) as string | Uint8Array<ArrayBuffer> | null, { status, headers });
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

import type { Problem } from "../problem/problem.ts";
import { resolveFile, splitReference } from "../schema/reference.ts";
import type { Documents, LoadedDocument } from "./document.ts";
import { findReferences } from "./find-references.ts";
import { REMOTE_BYTES_MAX, REMOTE_COUNT_MAX, REMOTE_TIMEOUT_MS, REMOTE_TOTAL_MS } from "./limit.ts";
import { decodeText, type ReadText, tooLarge } from "./read-text.ts";

/** Fetches the documents that the user named by URL. */
export async function fetchNamed(documents: Documents, urls: readonly string[]): Promise<void> {
	for (const url of urls) documents.add(url, await fetchText(url));
}

/**
 * Fetches everything on other machines that the document needs, directly or through other files, before anybody asks:
 * references are resolved without waiting. What cannot be had stays a broken reference with its reason.
 */
export async function fetchReferenced(documents: Documents, root: LoadedDocument): Promise<void> {
	const deadline = performance.now() + REMOTE_TOTAL_MS;
	const known = new Set([root.file]);
	const queue = [root];
	let fetched = 0;
	for (let document = queue.shift(); document !== undefined; document = queue.shift()) {
		for (const file of referencedFiles(document)) {
			if (known.has(file)) continue;
			known.add(file);
			if (isRemote(file)) documents.add(file, await fetchWithin(file, fetched++, deadline));
			const next = documents.get(file);
			if (next !== undefined) queue.push(next);
		}
	}
}

function isRemote(file: string): boolean {
	return /^https?:/i.test(file);
}

function referencedFiles(document: LoadedDocument): ReadonlySet<string> {
	const files = new Set<string>();
	const part = { value: document.value, source: { file: document.file, pointer: "" } };
	for (const { reference } of findReferences(part, new WeakSet())) {
		const { file } = splitReference(reference);
		if (file !== "") files.add(resolveFile(document.file, file));
	}
	return files;
}

async function fetchWithin(url: string, count: number, deadline: number): Promise<ReadText> {
	if (count >= REMOTE_COUNT_MAX) return refused(url, `${REMOTE_COUNT_MAX} fetched files are the limit`);
	const leftMs = deadline - performance.now();
	if (leftMs <= 0) return refused(url, `${REMOTE_TOTAL_MS / 1000} s for all fetched files are the limit`);
	return fetchText(url, Math.min(leftMs, REMOTE_TIMEOUT_MS));
}

async function fetchText(url: string, timeoutMs: number = REMOTE_TIMEOUT_MS): Promise<ReadText> {
	try {
		const response = await fetch(url, {
			headers: { accept: "application/yaml, application/json, */*;q=0.5" },
			signal: AbortSignal.timeout(timeoutMs),
		});
		if (!response.ok) return refused(url, `it answers ${response.status}`);
		const bytes = await readBytes(response);
		if (bytes === undefined) return { kind: "problem", problem: tooLarge(url, REMOTE_BYTES_MAX + 1, REMOTE_BYTES_MAX) };
		return decodeText(bytes, url);
	} catch (error) {
		return refused(url, reasonOf(error));
	}
}

/** The body, or undefined when it is longer than the limit, whatever its Content-Length said. */
async function readBytes(response: Response): Promise<Uint8Array | undefined> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of response.body ?? []) {
		length += chunk.byteLength;
		if (length > REMOTE_BYTES_MAX) return undefined;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	if (error.name === "TimeoutError") return "it does not answer in time";
	return error.cause instanceof Error ? error.cause.message : error.message;
}

function refused(url: string, reason: string): ReadText & { kind: "problem" } {
	const problem: Problem = {
		code: "remote-unavailable",
		message: `${url} cannot be fetched: ${reason}`,
		place: { file: url },
	};
	return { kind: "problem", problem };
}

import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Service } from "../serve.ts";

/** A longer target is refused; at least 8,000 bytes are to be supported (RFC 9110, section 4.1). */
export const TARGET_BYTES_MAX = 8_192;

const STATUSES: Readonly<Record<string, number>> = {
	HPE_HEADER_OVERFLOW: 431,
	HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
	ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** What overflows is the target when its line has no end (RFC 9110, section 15.5.15). */
function isLongTarget(error: NodeJS.ErrnoException & { readonly rawPacket?: Buffer }): boolean {
	const { code, rawPacket } = error;
	if (code !== "HPE_HEADER_OVERFLOW" || rawPacket === undefined) return false;
	const start = rawPacket.subarray(0, TARGET_BYTES_MAX).toString("latin1");
	return /^[A-Z]+ \//.test(start) && !start.includes("\n");
}

/** Answers what is no HTTP request, or came too slowly, in the document's own form; then hangs up. */
export function refuseClient(service: Service, error: NodeJS.ErrnoException, socket: Duplex): void {
	if (error.code === "ECONNRESET" || !socket.writable) {
		socket.destroy();
		return;
	}
	const status = isLongTarget(error) ? 414 : (STATUSES[error.code ?? ""] ?? 400);
	const reason = STATUS_CODES[status] ?? "";
	const { headers, body = "" } = service.refuse(status, reason);
	const lines = Object.entries({ ...headers, "content-length": String(Buffer.byteLength(body)), connection: "close" });
	const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
	socket.end(`HTTP/1.1 ${status} ${reason}\r\n${head}\r\n${body}`);
}

import type { Socket } from "node:net";
import type { ConnectionError } from "fastify";

/** What Node could not even parse, by its code. The rest is 400. */
const STATUSES: Readonly<Record<string, string>> = {
	HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
	ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/**
 * Answers what is not HTTP in the documented form, and ends the connection.
 *
 * @param bodyFor the documented body for a reason, as a value
 * @example fastify({ clientErrorHandler: answerClientErrors((error) => ({ success: false, error })) })
 */
export function answerClientErrors(
	bodyFor: (reason: string) => unknown,
): (error: ConnectionError, socket: Socket) => void {
	return (error, socket) => {
		if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
		const status = STATUSES[error.code] ?? "400 Bad Request";
		const body = JSON.stringify(bodyFor(status.slice(4)));
		const head = [
			"content-type: application/json; charset=utf-8",
			`content-length: ${body.length}`,
			"connection: close",
		];
		socket.end(`HTTP/1.1 ${status}\r\n${head.join("\r\n")}\r\n\r\n${body}`);
	};
}

import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** The trace id in a `traceparent` header (W3C Trace Context, section 3.2); all zeros means none. */
const TRACEPARENT = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/;

/** The caller's trace id when it sends one, else a new one: what ties an answer to the log. */
export function traceId({ headers }: IncomingMessage): string {
	const { traceparent } = headers;
	return (typeof traceparent === "string" ? TRACEPARENT.exec(traceparent)?.[1] : undefined) ?? randomUUID();
}

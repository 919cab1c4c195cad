import { createHmac } from "node:crypto";

/**
 * What a receiver checks: HMAC-SHA256 over the time and the body as they are sent, under the webhook's secret. The time
 * is part of it, so that an old request cannot be sent again as a new one.
 *
 * @param seconds since 1970
 * @example signPayload("whsec_…", 1767225600, "{}") // "t=1767225600,v1=5257a8…"
 */
export function signPayload(secret: string, seconds: number, payload: string): string {
	const digest = createHmac("sha256", secret).update(`${seconds}.${payload}`).digest("hex");
	return `t=${seconds},v1=${digest}`;
}

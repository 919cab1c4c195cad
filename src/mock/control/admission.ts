import { timingSafeEqual } from "node:crypto";
import type { MockRequest } from "../request/mock-request.ts";

export interface Admission {
	readonly remoteAddress: string | undefined;
	readonly token: string | undefined;
}

/** Names by which a machine calls itself; a page that was made to resolve to it by another name is a stranger. */
const OWN_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;
const OWN_ADDRESS = /^(?:::ffff:)?127(?:\.\d{1,3}){3}$|^::1$/;

/**
 * Why a request may not use the control; undefined when it may. Pages of other origins never may: they could send
 * requests in the name of whoever looks at them.
 */
export function refuseStranger(
	{ headers }: MockRequest,
	{ remoteAddress = "", token }: Admission,
): { readonly status: 401 | 403; readonly message: string } | undefined {
	const { host = "", origin } = headers;
	const site = headers["sec-fetch-site"];
	if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
		return { status: 403, message: "pages of other origins may not control the mock" };
	}
	if (site === "cross-site" || site === "same-site") {
		return { status: 403, message: "pages of other sites may not control the mock" };
	}
	if (token !== undefined) {
		return isToken(headers.authorization, token)
			? undefined
			: { status: 401, message: "send the control token as `Authorization: Bearer …`" };
	}
	if (OWN_ADDRESS.test(remoteAddress) && OWN_HOST.test(host)) return undefined;
	return {
		status: 403,
		message: "the control is only for this machine; --control-token opens it for who has the token",
	};
}

function isToken(authorization: string | undefined, token: string): boolean {
	const given = Buffer.from(authorization?.replace(/^Bearer /i, "") ?? "");
	const right = Buffer.from(token);
	return given.length === right.length && timingSafeEqual(given, right);
}

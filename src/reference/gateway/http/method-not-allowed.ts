import { METHODS } from "node:http";
import type { FastifyInstance } from "fastify";
import { refuse } from "./refusal.ts";

/** CONNECT never reaches a route: Node closes it at once. */
const ROUTABLE = METHODS.filter((method) => method !== "CONNECT");

/**
 * Answers every method that a path does not document with 405, and names the documented ones in `Allow`
 * (RFC 9110, section 15.5.6). HEAD and OPTIONS are no exception: the page documents neither.
 *
 * @param register adds the documented routes
 */
export function refuseOtherMethods(app: FastifyInstance, register: () => void): void {
	const documented = new Map<string, string[]>();
	let registering = true;
	app.addHook("onRoute", ({ url, method }) => {
		if (registering) documented.set(url, [...(documented.get(url) ?? []), ...[method].flat()]);
	});
	register();
	registering = false;

	for (const method of ROUTABLE.filter((name) => !app.supportedMethods.includes(name))) app.addHttpMethod(method);
	for (const [url, allowed] of documented) {
		const refusal = { status: 405, error: "Method not allowed", headers: { allow: allowed.join(", ") } };
		app.route({
			url,
			method: ROUTABLE.filter((method) => !allowed.includes(method)),
			onRequest: (_request, reply) => void refuse(reply, refusal),
			handler: (_request, reply) => refuse(reply, refusal),
		});
	}
}

import { METHODS } from "node:http";
import type { FastifyInstance, FastifyReply } from "fastify";

/** CONNECT never reaches a route: Node closes it at once. */
const ROUTABLE = METHODS.filter((method) => method !== "CONNECT");

/** How a server registers its routes, and how it answers a method that none of them has. */
export interface DocumentedMethods {
	/** Adds the documented routes. */
	register(): void;
	/** @param allow the documented methods of the path, for the header `Allow` */
	refuse(reply: FastifyReply, allow: string): FastifyReply;
}

/**
 * Answers every method that a path does not document with 405, and names the documented ones in `Allow`
 * (RFC 9110, section 15.5.6). HEAD and OPTIONS are no exception where nobody documents them.
 *
 * @example refuseOtherMethods(app, { register: () => addRoutes(app), refuse: (reply, allow) => refuse405(reply, allow) })
 */
export function refuseOtherMethods(app: FastifyInstance, { register, refuse }: DocumentedMethods): void {
	const documented = new Map<string, string[]>();
	let registering = true;
	app.addHook("onRoute", ({ url, method }) => {
		if (registering) documented.set(url, [...(documented.get(url) ?? []), ...[method].flat()]);
	});
	register();
	registering = false;

	for (const method of ROUTABLE.filter((name) => !app.supportedMethods.includes(name))) app.addHttpMethod(method);
	for (const [url, allowed] of documented) {
		const allow = allowed.join(", ");
		app.route({
			url,
			method: ROUTABLE.filter((method) => !allowed.includes(method)),
			onRequest: (_request, reply) => void refuse(reply, allow),
			handler: (_request, reply) => refuse(reply, allow),
		});
	}
}

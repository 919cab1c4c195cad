import type { FastifyInstance } from "fastify";

/** How long what is under way may take to end. */
const GRACE_MS = 2_000;

/**
 * Closes a server: what is under way has a moment to end, and is cut off then. A caller that went away in the middle of a
 * body leaves a connection that is neither idle nor ever done.
 *
 * @example await closeWithin(app)
 */
export async function closeWithin(app: FastifyInstance, graceMs: number = GRACE_MS): Promise<void> {
	const timer = setTimeout(() => app.server.closeAllConnections(), graceMs);
	try {
		await app.close();
	} finally {
		clearTimeout(timer);
	}
}

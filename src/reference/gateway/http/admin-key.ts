import type { onRequestHookHandler } from "fastify";
import type { Gateway } from "../gateway.ts";
import { isAppId } from "../schemas.ts";
import { ADMIN_DISABLED, ADMIN_KEY_REFUSED, refuse } from "./refusal.ts";

/** Lets administrators through; runs before anything of the body is read. */
export function requireAdminKey({ isAdminKey }: Gateway): onRequestHookHandler {
	return (request, reply, done) => {
		if (isAdminKey === undefined) return void refuse(reply, ADMIN_DISABLED);
		const given = request.headers["x-admin-api-key"];
		if (typeof given !== "string" || !isAdminKey(given)) return void refuse(reply, ADMIN_KEY_REFUSED);
		const { app_id: appId } = request.params as { readonly app_id?: string };
		request.appId = isAppId(appId) ? appId : undefined;
		done();
	};
}

import { type FastifyServerOptions, LogController } from "fastify";

export const BODY_BYTES_MAX = 65_536;
/** As long as Node lets a request line be: an id of any length is unknown, and the router has no say in it. */
const PARAMETER_LENGTH_MAX = 16_384;
/** A request that is not there by then is not coming. */
const REQUEST_MS_MAX = 30_000;

type ServerOptions = Pick<
	FastifyServerOptions,
	| "ajv"
	| "bodyLimit"
	| "exposeHeadRoutes"
	| "forceCloseConnections"
	| "logController"
	| "requestTimeout"
	| "return503OnClosing"
	| "routerOptions"
>;

/** How every server here takes requests: nothing is coerced, and nothing is waited for without end. */
export function serverOptions(): ServerOptions {
	return {
		bodyLimit: BODY_BYTES_MAX,
		routerOptions: { maxParamLength: PARAMETER_LENGTH_MAX },
		requestTimeout: REQUEST_MS_MAX,
		exposeHeadRoutes: false,
		forceCloseConnections: "idle",
		return503OnClosing: false,
		logController: new LogController({ disableRequestLogging: true }),
		ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allowUnionTypes: true } },
	};
}

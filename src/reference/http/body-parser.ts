import { errorCodes, type FastifyInstance, type FastifyRequest } from "fastify";

/**
 * Reads JSON and nothing else; other media types are refused. Where a route has no use for a body, one that comes
 * along is read and dropped, whatever it is.
 */
export function readJsonBodies(app: FastifyInstance): void {
	const parseJson = app.getDefaultJsonParser("error", "error");
	app.removeAllContentTypeParsers();
	app.addContentTypeParser<string>("application/json", { parseAs: "string" }, (request, body, done) => {
		if (wantsNoBody(request)) done(null, undefined);
		else void parseJson(request, body, done);
	});
	app.addContentTypeParser("*", { parseAs: "buffer" }, (request, _body, done) => {
		if (wantsNoBody(request)) done(null, undefined);
		else done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE());
	});
}

function wantsNoBody({ routeOptions }: FastifyRequest): boolean {
	return routeOptions.schema?.body === undefined;
}

import type { Answer } from "./answer/answer.ts";
import type { MockRequest } from "./request/mock-request.ts";
import { splitTarget } from "./request/split-target.ts";
import type { DocumentedService, Service } from "./serve.ts";

/** One of several APIs that are served together. */
export interface HostedApi {
	/** A path segment. */
	readonly name: string;
	readonly service: DocumentedService;
}

/**
 * Serves several APIs at one address. Each is always there under its name (`/shop/orders`); a path without a name goes
 * to the API that describes it, if only one does.
 *
 * @example createHost([{ name: "shop", service }, { name: "billing", service: other }])
 */
export function createHost(apis: readonly HostedApi[]): Service {
	const [first, ...others] = apis;
	if (first === undefined) throw new Error("nothing is served");
	if (others.length === 0) return first.service;
	const answer = (request: MockRequest): Answer | Promise<Answer> => {
		const named = findNamed(apis, request);
		if (named !== undefined) return named.api.service.answer(named.request);
		const knowing = apis.filter(({ service }) => service.knows(request.path));
		const [only, ...more] = knowing;
		if (only !== undefined && more.length === 0) return only.service.answer(request);
		const [path] = splitTarget(request.path);
		const choices = (knowing.length === 0 ? apis : knowing).map(({ name }) => `/${name}${path}`).join(" or ");
		const message =
			knowing.length === 0
				? `No API has ${path}; each is served under its name: ${apis.map(({ name }) => `/${name}`).join(", ")}`
				: `Several APIs have ${path}: ask for ${choices}`;
		return (only ?? first).service.refuse(404, message);
	};
	return { answer, refuse: first.service.refuse };
}

/** A document's own path may begin with the name of an API: the API goes before only where it knows the rest. */
function findNamed(
	apis: readonly HostedApi[],
	request: MockRequest,
): { readonly api: HostedApi; readonly request: MockRequest } | undefined {
	const { path } = request;
	const api = apis.find(({ name }) => path.startsWith(`/${name}`) && /^(?:[/?]|$)/.test(path.slice(name.length + 1)));
	if (api === undefined) return undefined;
	const prefix = `/${api.name}`;
	const rest = path.slice(prefix.length);
	const inner = rest.startsWith("/") ? rest : `/${rest}`;
	if (!api.service.knows(inner) && apis.some(({ service }) => service.knows(path))) return undefined;
	return { api, request: { ...request, path: inner, prefix } };
}

/** Which other APIs describe a path of this one too, so that the path alone does not say which is meant. */
export function clashesOf(
	api: HostedApi & { readonly paths: readonly string[] },
	apis: readonly HostedApi[],
): readonly string[] {
	// Any value does in the place of a parameter: what one template matches, the other is asked for.
	const samples = api.paths.map((path) => path.replaceAll(/\{[^{}]*\}/g, "x").replace(/[?#].*$/, ""));
	return apis
		.filter((other) => other.name !== api.name && samples.some((path) => other.service.knows(path)))
		.map(({ name }) => name);
}

import { type Context, reportAt } from "./context.ts";
import type { Server } from "./contract.ts";
import { textField } from "./node.ts";
import { child, entriesOf, itemsOf, type Part } from "./part.ts";

/**
 * The servers of the document, their variables replaced by their defaults. Without any there is `/`
 * (OpenAPI 3.1, OpenAPI Object); in 2.0 they are made of `schemes`, `host` and `basePath`.
 */
export function normalizeServers(context: Context): readonly Server[] {
	if (context.version === "2.0") return swaggerServers(context.root);
	const servers = itemsOf(child(context.root, "servers")).flatMap((part) => normalizeServer(context, part));
	return servers.length === 0 ? [{ url: "/" }] : servers;
}

function normalizeServer(context: Context, part: Part): readonly Server[] {
	const url = textField(part.value, "url");
	if (url === undefined) {
		reportAt(context, part, { code: "invalid-server", message: "a server has no url; it is left out" });
		return [];
	}
	const variables = new Map(entriesOf(child(part, "variables")));
	const replaced = url.replaceAll(/\{([^{}]+)\}/g, (written, name: string) => {
		const value = textField(variables.get(name)?.value, "default");
		if (value === undefined)
			reportAt(context, child(part, "url") ?? part, {
				code: "invalid-server",
				message: `the server variable "${name}" has no default`,
			});
		return value ?? written;
	});
	const description = textField(part.value, "description");
	return [{ url: replaced, ...(description !== undefined && { description }) }];
}

function swaggerServers(root: Part): readonly Server[] {
	const basePath = (textField(root.value, "basePath") ?? "").replace(/\/$/, "");
	const host = textField(root.value, "host");
	if (host === undefined) return [{ url: basePath === "" ? "/" : basePath }];
	const schemes = itemsOf(child(root, "schemes")).flatMap(({ value }) => (typeof value === "string" ? [value] : []));
	return (schemes.length === 0 ? ["https"] : schemes).map((scheme) => ({ url: `${scheme}://${host}${basePath}` }));
}

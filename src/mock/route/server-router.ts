import type { Contract, Server } from "../../contract/contract.ts";
import { createRouter, type Router } from "./router.ts";

/** Routes by a document's paths; clients that are made for the real server may keep the path of its URL in front. */
export function createServerRouter({ operations, servers }: Contract): Router {
	const router = createRouter(operations);
	const bases = basePathsOf(servers);
	return {
		find: (method, path, query) => {
			const found = router.find(method, path, query);
			if (found.kind !== "unknown-path") return found;
			const base = bases.find((one) => path.startsWith(`${one}/`));
			return base === undefined ? found : router.find(method, path.slice(base.length), query);
		},
	};
}

/** The longest first. */
function basePathsOf(servers: readonly Server[]): readonly string[] {
	const paths = servers.flatMap(({ url }) => {
		const path = URL.parse(url, "http://localhost")?.pathname.replace(/\/$/, "");
		return path === undefined || path === "" ? [] : [path];
	});
	return [...new Set(paths)].sort((a, b) => b.length - a.length);
}

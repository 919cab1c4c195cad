import { type Context, locate, schemaOf } from "./context.ts";
import type { Contract } from "./contract.ts";
import { lazy } from "./lazy.ts";
import { lazyMap } from "./lazy-map.ts";
import { field, isObject, textField } from "./node.ts";
import { normalizeOperations } from "./operations.ts";
import { child, fieldsOf, type Part } from "./part.ts";
import type { ProblemList } from "./problem-list.ts";
import { enter } from "./reference.ts";
import { normalizeSecuritySchemes } from "./security.ts";
import { normalizeServers } from "./server.ts";

const CONTEXTS = new WeakMap<Contract, Context>();

/** What a contract was read with; for those that look at the documents behind it. */
export function contextOf(contract: Contract): Context {
	const context = CONTEXTS.get(contract);
	if (context === undefined) throw new Error("this contract was not loaded by loadContract");
	return context;
}

/** What the caller knows beside the documents. */
export interface Loaded {
	readonly openapi: string;
	readonly overlayFiles: readonly string[];
	readonly problems: ProblemList["problems"];
}

/** The root document, after its overlays, as a contract. Nothing below the operations is read yet. */
export function normalizeContract(context: Context, loaded: Loaded): Contract {
	const { root } = context;
	const info = child(root, "info")?.value;
	const description = textField(info, "description");
	const schemes = lazy(() => normalizeSecuritySchemes(context));
	const servers = lazy(() => normalizeServers(context));
	const contract: Contract = {
		file: root.source.file,
		title: textField(info, "title") ?? root.source.file,
		version: textField(info, "version") ?? "",
		openapi: loaded.openapi,
		...(description !== undefined && { description }),
		get servers() {
			return servers();
		},
		operations: normalizeOperations(context, schemes),
		get securitySchemes() {
			return schemes();
		},
		schemas: namedSchemas(context),
		webhooks: fieldsOf(enter(context, root, "webhooks")).map(([name]) => name),
		extension: field(root.value, "x-holdfast"),
		problems: loaded.problems,
		locate: (source, end) => locate(context, source, end),
		overlaid: (source) => {
			const origin = context.origins.find(source);
			return loaded.overlayFiles.includes(origin.file) ? origin : undefined;
		},
	};
	CONTEXTS.set(contract, context);
	return contract;
}

function namedSchemas(context: Context): Contract["schemas"] {
	const owner: Part | undefined = context.version === "2.0" ? context.root : enter(context, context.root, "components");
	const key = context.version === "2.0" ? "definitions" : "schemas";
	const schemas = owner === undefined ? undefined : enter(context, owner, key);
	if (schemas === undefined || !isObject(schemas.value)) return new Map();
	return lazyMap(Object.keys(schemas.value), (name) => schemaOf(context, child(schemas, name)));
}

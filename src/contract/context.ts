import type { Problem } from "../problem/problem.ts";
import type { Place, Source } from "../problem/source.ts";
import { schemaAt } from "../schema/registry.ts";
import type { Registry, Schema } from "../schema/schema.ts";
import type { Documents } from "./document.ts";
import { kindOf } from "./node.ts";
import type { Origins } from "./origin.ts";
import type { Part } from "./part.ts";
import type { EntryEnd } from "./position.ts";
import { lazyPlace } from "./problem-list.ts";

/** What everybody who reads parts of a contract needs. */
export interface Context {
	/** The root document. */
	readonly root: Part;
	readonly version: Version;
	readonly documents: Documents;
	readonly registry: Registry;
	readonly origins: Origins;
	report(problem: Problem): void;
}

export type Version = "2.0" | "3.0" | "3.1" | "3.2";

/** The place in a text where somebody can read a part, wherever it was written. */
export function locate(context: Pick<Context, "documents" | "origins">, source: Source, end?: EntryEnd): Place {
	return context.documents.locate(context.origins.find(source), end);
}

/** Lists a problem at a part; its line is found when somebody reads it. */
export function reportAt(
	context: Context,
	part: Part,
	problem: { readonly code: string; readonly message: string; readonly hint?: string },
): void {
	const source = context.origins.find(part.source);
	const place = lazyPlace(source.file, source.pointer, () => context.documents.locate(source));
	context.report({ ...problem, place });
}

/** The handle of the schema at a part; undefined, and listed, when no schema can stand there. */
export function schemaOf(context: Context, part: Part | undefined): Schema | undefined {
	if (part === undefined) return undefined;
	const { file, pointer } = part.source;
	const schema = schemaAt(context.registry, file, pointer);
	if (schema === undefined)
		reportAt(context, part, {
			code: "invalid-schema",
			message: `a schema is a map or a boolean, and here is ${kindOf(part.value)}`,
		});
	return schema;
}

import type { Contract, Operation } from "../../contract/contract.ts";

/** A path as resources see it: `/admin/apps/{app_id}/cids` is the collection `cids` inside an item of `apps`. */
export interface PathShape {
	/** Literal segments and parameters; a suffix like `.json` is cut off a parameter. */
	readonly segments: readonly Segment[];
	/** Equal for paths that differ only in the names of their parameters. */
	readonly normal: string;
}

export type Segment =
	| { readonly kind: "literal"; readonly text: string }
	| { readonly kind: "parameter"; readonly name: string }
	/** Text around or between parameters that is more than a suffix. */
	| { readonly kind: "mixed"; readonly text: string };

/** @example shapeOf("/apps/{id}.json").segments // [literal apps, parameter id] */
export function shapeOf(path: string): PathShape {
	const [bare = ""] = path.split(/[?#]/);
	const segments = bare
		.split("/")
		.filter((text) => text !== "")
		.map(segmentOf);
	return { segments, normal: normalOf(segments) };
}

function segmentOf(text: string): Segment {
	const parameter = /^\{([^{}]+)\}(\.\w+|\.\{\w+\})?$/.exec(text)?.[1];
	if (parameter !== undefined) return { kind: "parameter", name: parameter };
	return text.includes("{") ? { kind: "mixed", text } : { kind: "literal", text: text.replace(/\.(json|xml)$/, "") };
}

export function normalOf(segments: readonly Segment[]): string {
	return segments.map((segment) => `/${segment.kind === "parameter" ? "{}" : segment.text}`).join("");
}

/** Where an operation stands: on an item (its path ends with a parameter) or on what a literal names. */
export interface Place {
	readonly operation: Operation;
	readonly shape: PathShape;
	/** The normal path of the collection, singleton or action. */
	readonly base: string;
	readonly onItem: boolean;
}

export function placesOf(contract: Contract): readonly Place[] {
	return contract.operations.map((operation) => {
		const shape = shapeOf(operation.path);
		const onItem = shape.segments.at(-1)?.kind === "parameter" && shape.segments.length > 1;
		const base = onItem ? normalOf(shape.segments.slice(0, -1)) : shape.normal;
		return { operation, shape, base, onItem };
	});
}

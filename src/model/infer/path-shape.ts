import type { Contract, Operation } from "../../contract/contract.ts";
import { typesOf } from "../../schema/navigate.ts";
import { isSameWord, propertiesOf, stem, successSchema } from "./shown.ts";

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

/**
 * @param asked names of query parameters
 * @example shapeOf("/apps/{id}.json").segments // [literal apps, parameter id]
 */
export function shapeOf(path: string, asked: readonly string[] = []): PathShape {
	const [bare = ""] = path.split(/[?#]/);
	// `/{bucket}#policy` is a way to write that `?policy` names another thing than the bucket; where no query parameter is
	// called so, a fragment behind a parameter only tells two paths apart.
	const written = /#([\w.-]+)/.exec(path)?.[1];
	const isNaming = written === undefined || !bare.endsWith("}") || asked.includes(written);
	const fragment = isNaming ? written : undefined;
	const segments = [...bare.split("/"), fragment ?? ""].filter((text) => text !== "").flatMap(segmentsOf);
	return { segments, normal: normalOf(segments) };
}

/** `indexes('{name}')` is how OData writes the item of a collection (OData 4.01 URL Conventions, 4.3.1). */
const ODATA = /^([\w.-]+)\('?\{([^{}]+)\}'?\)$/;

function segmentsOf(text: string): readonly Segment[] {
	const parameter = /^\{([^{}]+)\}(\.\w+|\.\{\w+\})?$/.exec(text)?.[1];
	if (parameter !== undefined) return [{ kind: "parameter", name: parameter }];
	const [, collection, key] = ODATA.exec(text) ?? [];
	if (collection !== undefined && key !== undefined)
		return [
			{ kind: "literal", text: collection },
			{ kind: "parameter", name: key },
		];
	if (text.includes("{")) return [{ kind: "mixed", text }];
	return [{ kind: "literal", text: text.replace(/\.(json|xml)$/, "") }];
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
	const shaped = contract.operations.map((operation) => {
		const asked = operation.parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name);
		return { operation, shape: shapeOf(operation.path, asked) };
	});
	const lists = listPathsOf(shaped);
	return shaped.map(({ operation, shape }) => {
		const onItem = shape.segments.at(-1)?.kind === "parameter" && !lists.has(shape.normal);
		return { operation, shape, onItem, base: onItem ? normalOf(shape.segments.slice(0, -1)) : shape.normal };
	});
}

type Shaped = Pick<Place, "operation" | "shape">;

/** `/repositories/{owner}` that shows a list names no repository but whose they are. */
function listPathsOf(shaped: readonly Shaped[]): ReadonlySet<string> {
	const ending = shaped.filter(({ shape }) => shape.segments.at(-1)?.kind === "parameter");
	const shows = ending.filter((one) => one.operation.method === "GET" && showsList(one));
	const written = new Set(
		ending.filter(({ operation }) => operation.method !== "GET").map(({ shape }) => shape.normal),
	);
	return new Set(shows.map(({ shape }) => shape.normal).filter((normal) => !written.has(normal)));
}

/** A bare list; or one under the collection's own name, where the parameter names something else than its items. */
function showsList({ operation, shape: { segments } }: Shaped): boolean {
	const schema = successSchema(operation);
	if (schema === undefined) return false;
	if (typesOf(schema).includes("array")) return true;
	const [collection, parameter] = segments.slice(-2);
	if (collection?.kind !== "literal" || parameter?.kind !== "parameter") return false;
	const named = /^(.+?)[-_]?(?:id|uuid)$/i.exec(parameter.name)?.[1];
	if (named === undefined || isSameWord(named, collection.text) || stem(collection.text).includes(stem(named)))
		return false;
	return propertiesOf(schema).some(
		(member) => isSameWord(member.name, collection.text) && typesOf(member.schema).includes("array"),
	);
}

import { describeViolation, type Violation } from "./violation.ts";

/** A violation with the way to its keyword inside the compiled schema, as Ajv reports it (`#/anyOf/0/minLength`). */
export interface Fault {
	readonly path: string;
	readonly violation: Violation;
}

const ALTERNATIVES: ReadonlySet<string> = new Set(["anyOf", "oneOf"]);

/**
 * Reduces what Ajv reports to what a person needs: Ajv lists the errors of every alternative that does not match.
 * When the value clearly is of one alternative, its errors are given; otherwise one violation of `anyOf` or `oneOf`.
 * The errors of a keyword stand right before the keyword itself, inner ones first, so one pass is enough.
 */
export function settle(faults: readonly Fault[]): readonly Violation[] {
	const settled: Fault[] = [];
	for (const fault of faults) {
		const { keyword } = fault.violation;
		const isOwn = fault.path.endsWith(`/${keyword}`);
		if (isOwn && ALTERNATIVES.has(keyword)) settled.push(...choose(fault, takeInner(fault, settled)));
		else if (isOwn && (keyword === "contains" || keyword === "propertyNames" || keyword === "not")) {
			takeInner(fault, settled);
			settled.push(fault);
		} else if (!(isOwn && keyword === "if")) settled.push(fault);
	}
	return settled.map((fault) => fault.violation);
}

function takeInner(outer: Fault, settled: Fault[]): readonly Fault[] {
	let start = settled.length;
	while (start > 0 && settled[start - 1]?.path.startsWith(`${outer.path}/`)) start--;
	return settled.splice(start);
}

function choose(outer: Fault, inner: readonly Fault[]): readonly Fault[] {
	if (Array.isArray(outer.violation.params.passingSchemas)) return [outer];
	const branches = Map.groupBy(inner, (fault) => fault.path.slice(outer.path.length + 1).split("/", 1)[0] ?? "");
	const at = outer.violation.pointer;
	const plausible = [...branches.values()].filter((faults) => !faults.some((fault) => rulesOut(fault.violation, at)));
	const [only] = plausible;
	if (only !== undefined && plausible.length === 1) return only;
	return mergeTypes(outer, [...branches.values()]) ?? [outer];
}

/** Of the wrong type, or told apart by a constant: the value was not meant to be of this alternative. */
function rulesOut({ keyword, pointer }: Violation, at: string): boolean {
	if (keyword === "type" || keyword === "false") return pointer === at;
	if (keyword !== "const" && keyword !== "enum") return false;
	return pointer === at || (pointer.startsWith(`${at}/`) && !pointer.slice(at.length + 1).includes("/"));
}

/** When every alternative is only of another type, that is what is wrong. */
function mergeTypes(outer: Fault, branches: readonly (readonly Fault[])[]): readonly Fault[] | undefined {
	const at = outer.violation.pointer;
	const types = branches.map((faults) =>
		faults.find(({ violation }) => violation.keyword === "type" && violation.pointer === at),
	);
	if (types.length === 0 || types.includes(undefined)) return undefined;
	const type = [...new Set(types.flatMap((fault) => fault?.violation.params.type))];
	const params = { type };
	return [
		{
			...outer,
			violation: { ...outer.violation, keyword: "type", params, message: describeViolation("type", params) },
		},
	];
}

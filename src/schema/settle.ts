/** What Ajv found, with the way to its keyword inside the compiled schema (`#/anyOf/0/minLength`). */
export interface Fault {
	readonly path: string;
	readonly keyword: string;
	/** JSON Pointer into the value. */
	readonly pointer: string;
	readonly params: Readonly<Record<string, unknown>>;
}

const ALTERNATIVES: ReadonlySet<string> = new Set(["anyOf", "oneOf"]);
/** Keywords that say it all: what is wrong inside them is no fault of its own. */
const SUMMARIES: ReadonlySet<string> = new Set(["contains", "propertyNames", "not"]);

/**
 * Reduces what Ajv reports to what a person needs: Ajv lists the errors of every alternative that does not match.
 * When the value clearly is of one alternative, its errors are given; otherwise one fault of `anyOf` or `oneOf`.
 * The errors of a keyword stand right before the keyword itself, inner ones first, so one pass is enough.
 */
export function settle<F extends Fault>(faults: readonly F[]): readonly (F | Fault)[] {
	const settled: (F | Fault)[] = [];
	for (const fault of faults) {
		const isOwn = fault.path.endsWith(`/${fault.keyword}`);
		if (isOwn && ALTERNATIVES.has(fault.keyword)) settled.push(...choose(fault, takeInner(fault, settled)));
		else if (isOwn && SUMMARIES.has(fault.keyword)) {
			takeInner(fault, settled);
			settled.push(fault);
		} else if (!(isOwn && fault.keyword === "if")) settled.push(fault);
	}
	return settled;
}

function takeInner(outer: Fault, settled: Fault[]): readonly Fault[] {
	let start = settled.length;
	while (start > 0 && settled[start - 1]?.path.startsWith(`${outer.path}/`)) start--;
	return settled.splice(start);
}

function choose(outer: Fault, inner: readonly Fault[]): readonly Fault[] {
	if (Array.isArray(outer.params.passingSchemas)) return [outer];
	const branches = Map.groupBy(inner, (fault) => fault.path.slice(outer.path.length + 1).split("/", 1)[0] ?? "");
	const faults = [...branches.values()];
	return chooseBranch(faults, outer.pointer) ?? mergeTypes(outer, faults) ?? [outer];
}

/** The faults of the one alternative that the value at a place can have been meant to be; undefined when none stands out. */
export function chooseBranch<F extends Fault>(
	branches: readonly (readonly F[])[],
	at: string,
): readonly F[] | undefined {
	const plausible = branches.filter((faults) => !faults.some((fault) => rulesOut(fault, at)));
	return plausible.length === 1 ? plausible[0] : undefined;
}

/** Of the wrong type, or told apart by a constant: the value was not meant to be of this alternative. */
function rulesOut({ keyword, pointer }: Fault, at: string): boolean {
	if (keyword === "type" || keyword === "false") return pointer === at;
	if (keyword !== "const" && keyword !== "enum") return false;
	return pointer === at || (pointer.startsWith(`${at}/`) && !pointer.slice(at.length + 1).includes("/"));
}

/** When every alternative is only of another type, that is what is wrong. */
function mergeTypes(outer: Fault, branches: readonly (readonly Fault[])[]): readonly Fault[] | undefined {
	const types = branches.map((faults) =>
		faults.find(({ keyword, pointer }) => keyword === "type" && pointer === outer.pointer),
	);
	if (types.length === 0 || types.includes(undefined)) return undefined;
	const type = [...new Set(types.flatMap((fault) => fault?.params.type))];
	return [{ path: outer.path, pointer: outer.pointer, keyword: "type", params: { type } }];
}

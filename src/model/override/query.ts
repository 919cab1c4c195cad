import type { Operation, Parameter } from "../../contract/contract.ts";
import type { Source } from "../../problem/source.ts";
import type { Evidence } from "../evidence.ts";
import { buildFilter } from "../infer/query-filter.ts";
import { pagerOf } from "../infer/query-pager.ts";
import { asksOf } from "../infer/query-sort.ts";
import { escapePointer } from "../infer/shown.ts";
import type { Desk } from "../override.ts";
import type { Filter } from "../query/filter.ts";
import type { Pager } from "../query/pager.ts";
import type { Search } from "../query/search.ts";
import { parseOrder, type Sort } from "../query/sort.ts";
import type { ListQuery } from "../query-law.ts";
import type { Resource } from "../resource.ts";
import { noteProblem, noteUnknown } from "./note.ts";
import { checkVocabulary } from "./vocabulary.ts";

/** What an operation declares about its list, as it is written. */
export interface QueryWords {
	readonly pager?: unknown;
	readonly filters?: unknown;
	readonly sort?: unknown;
	readonly search?: unknown;
}

export interface Declaring {
	readonly operation: Operation;
	readonly resource: Resource | undefined;
	/** Of `x-holdfast` at the operation. */
	readonly source: Source;
}

/** Lays what is declared of a list over what was inferred; `false` takes it away. */
export function declaredQuery(
	desk: Desk,
	query: ListQuery | undefined,
	{ said, ...at }: Declaring & { readonly said: QueryWords },
): ListQuery | undefined {
	const names = (["pager", "filters", "sort", "search"] as const).filter((name) => said[name] !== undefined);
	const [first] = names;
	if (first === undefined) return query;
	if (query === undefined || at.resource === undefined) {
		const source = { ...at.source, pointer: `${at.source.pointer}/${first}` };
		noteProblem(desk, { code: "bad-declaration", message: `\`${first}\` says something only of a list`, source });
		return query;
	}
	const asking: Asking = { desk, ...at, resource: at.resource };
	const pager = declared(asking, "pager", said.pager, query.pager, pagerFrom);
	const sort = declared(asking, "sort", said.sort, query.sort, sortFrom);
	const search = declared(asking, "search", said.search, query.search, searchFrom);
	return {
		filters: filtersFrom(asking, said.filters, query.filters),
		...(pager === undefined ? {} : { pager }),
		...(sort === undefined ? {} : { sort }),
		...(search === undefined ? {} : { search }),
	};
}

interface Asking extends Declaring {
	readonly desk: Desk;
	readonly resource: Resource;
}

type Made<Words, Law> = (asking: Asking, words: Words, at: Source) => Law | undefined;

function declared<Words, Law>(
	...[asking, name, value, inferred, make]: [Asking, string, unknown, Law | undefined, Made<Words, Law>]
): Law | undefined {
	if (value === undefined || value === true) return inferred;
	if (value === false) return undefined;
	const source = inside(asking.source, name);
	const words = checkVocabulary(asking.desk, name, { value, source }) as Words | undefined;
	return words === undefined ? inferred : make(asking, words, source);
}

function inside(source: Source, name: string): Source {
	return { ...source, pointer: `${source.pointer}/${escapePointer(name)}` };
}

function evidenceOf(words: unknown, source: Source): readonly Evidence[] {
	return [{ kind: "overlay", text: `x-holdfast: ${JSON.stringify(words)}`, source }];
}

/** The query parameter of this name; a name that none has is noted. */
function parameterNamed({ desk, operation }: Asking, name: string | undefined, source: Source): Parameter | undefined {
	if (name === undefined) return undefined;
	const asked = operation.parameters.filter((parameter) => parameter.in === "query");
	const found = asked.find((parameter) => parameter.name === name);
	if (found === undefined)
		noteUnknown(desk, source, { what: "query parameter", name, known: asked.map((one) => one.name) });
	return found;
}

/** Whether an item has such a field; a name that none has is noted. */
function isField({ desk, resource }: Asking, name: string, source: Source): boolean {
	if (resource.fields.has(name)) return true;
	noteUnknown(desk, source, { what: `field of ${resource.name}`, name, known: [...resource.fields.keys()] });
	return false;
}

interface PagerWords extends Partial<Pick<Pager, "base" | "cursor" | "total" | "next" | "more">> {
	readonly style?: Pager["style"];
	readonly at?: string;
	readonly size?: string;
	readonly default?: number;
	readonly max?: number;
}

function pagerFrom(asking: Asking, words: PagerWords, source: Source): Pager {
	const { style, at: begins, size, default: usual, max, ...rest } = words;
	const at = parameterNamed(asking, begins, inside(source, "at"));
	const limit = parameterNamed(asking, size, inside(source, "size"));
	const plain = pagerOf(asking.operation, { style: style ?? "page", at, limit });
	const sizes = {
		...plain.sizes,
		...(usual === undefined ? {} : { default: usual }),
		...(max === undefined ? {} : { max }),
	};
	return { ...plain, ...rest, sizes, evidence: evidenceOf(words, source) };
}

interface FilterWords extends Partial<Pick<Filter, "compares" | "texts" | "bound">> {
	readonly field: string;
}

function filtersFrom(asking: Asking, said: unknown, inferred: readonly Filter[]): readonly Filter[] {
	if (said === undefined || said === true) return inferred;
	if (said === false) return [];
	const source = inside(asking.source, "filters");
	const named = Object.entries(said as Readonly<Record<string, unknown>>);
	const others = inferred.filter(({ parameter }) => !named.some(([name]) => name === parameter));
	return [
		...others,
		...named.flatMap(([name, value]) => filterFrom(asking, { name, value, source: inside(source, name) })),
	];
}

function filterFrom(
	asking: Asking,
	{ name, value, source }: { name: string; value: unknown; source: Source },
): readonly Filter[] {
	const parameter = parameterNamed(asking, name, source);
	if (value === false || parameter === undefined) return [];
	const given = typeof value === "string" ? { field: value } : value;
	const words = checkVocabulary(asking.desk, "filter", { value: given, source }) as FilterWords | undefined;
	const at = typeof value === "string" ? source : inside(source, "field");
	const field =
		words === undefined || !isField(asking, words.field, at) ? undefined : asking.resource.fields.get(words.field);
	if (words === undefined || field === undefined) return [];
	const { field: _name, ...rest } = words;
	const built = buildFilter(parameter, field, { compares: words.compares ?? "equal", text: "" });
	return [{ ...built, ...rest, evidence: evidenceOf({ [name]: value }, source) }];
}

interface SortWords {
	readonly by?: string;
	readonly direction?: string;
	readonly values?: readonly string[];
	readonly order?: string;
}

function sortFrom(asking: Asking, words: SortWords, source: Source): Sort {
	const by = parameterNamed(asking, words.by, inside(source, "by"));
	const direction = parameterNamed(asking, words.direction, inside(source, "direction"));
	const fields = [...asking.resource.fields.keys()];
	const standard = words.order === undefined ? undefined : parseOrder(words.order, fields, undefined);
	if (words.order !== undefined && standard === undefined)
		isField(asking, words.order.replace(/^[+-]/, ""), inside(source, "order"));
	return {
		kind: "sort",
		parameters: [by, direction].flatMap((parameter) => parameter?.name ?? []),
		...(by === undefined ? {} : { by: by.name }),
		...(direction === undefined ? {} : { direction: direction.name }),
		fields,
		asks: by === undefined ? [] : asksOf(by, direction, { fields, given: words.values }),
		...(standard === undefined ? {} : { standard }),
		does: "as-documented",
		evidence: evidenceOf(words, source),
	};
}

interface SearchWords {
	readonly parameter?: string;
	readonly fields?: readonly string[];
	readonly case?: "ignored" | "heeded";
	readonly part?: boolean;
}

function searchFrom(asking: Asking, words: SearchWords, source: Source): Search | undefined {
	const parameter = parameterNamed(asking, words.parameter, inside(source, "parameter"));
	const fields = words.fields?.filter((name) => isField(asking, name, inside(source, "fields")));
	if (parameter === undefined) return undefined;
	return {
		kind: "search",
		parameters: [parameter.name],
		parameter: parameter.name,
		...(fields === undefined ? {} : { fields }),
		candidates: fields ?? [],
		caseless: words.case === "ignored",
		partial: words.part === true,
		fuzzy: false,
		does: "as-documented",
		evidence: evidenceOf(words, source),
	};
}

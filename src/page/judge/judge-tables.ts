import type { Operation } from "../../contract/contract.ts";
import { roleOf } from "../column.ts";
import { disagrees, type Hearing, operationOf, type Said } from "../docket.ts";
import { operationName, type Ruling } from "../draft.ts";
import { type Facts, factsOf } from "../fact.ts";
import type { NamedTable, Scope } from "../reading.ts";
import { type Binding, bindTable, memberNamed } from "./bind-table.ts";
import { compareField } from "./compare-field.ts";
import { unknownParameter } from "./judge-endpoints.ts";
import { judgeHeaders } from "./judge-headers.ts";

/** Holds the tables of fields, parameters and headers against the document. */
export function judgeTables(hearing: Hearing): readonly Ruling[] {
	return hearing.reading.tables.flatMap((named) => judgeTable(hearing, named));
}

function judgeTable(hearing: Hearing, named: NamedTable): readonly Ruling[] {
	const facts = factsOf(named.table.columns, named.table.rows);
	if (facts.length === 0) return [];
	if (areRequestHeaders(named)) return judgeHeaders(hearing, named, facts);
	const operation = operationOf(hearing, named.scope.endpoint);
	if (operation === undefined) return [];
	const byPlace = Map.groupBy(facts, ({ place }) => place);
	// A column of its own says where each parameter stands.
	if (byPlace.size > 1 || !byPlace.has(undefined)) {
		return [...byPlace].flatMap(([place, rows]) => {
			if (place !== "path" && place !== "query" && place !== "body") return [];
			const scope: Scope = { ...named.scope, label: { ...named.scope.label, place } };
			return judgeRows(hearing, { ...named, scope }, rows, operation);
		});
	}
	return judgeRows(hearing, named, facts, operation);
}

function areRequestHeaders({ table, scope }: NamedTable): boolean {
	const head = table.columns.find((column) => roleOf(column) === "name") ?? "";
	return (/header/i.test(head) || scope.label.place === "header") && scope.label.direction !== "response";
}

function judgeRows(
	hearing: Hearing,
	named: NamedTable,
	facts: readonly Facts[],
	operation: Operation,
): readonly Ruling[] {
	const binding = bindTable(named, facts, operation);
	if (binding === undefined) return [];
	const bound = { hearing, binding, operation };
	const known = facts.filter(({ name }) => memberNamed(binding.members, name) !== undefined);
	const unknown = binding.isOpen ? [] : facts.filter((row) => !known.includes(row));
	const lacking = isWhole(named.scope.label, binding) ? leftOut(binding, known) : [];
	const pairs = pairUp(unknown, lacking, binding);
	return [
		...known.flatMap((row) => judgeKnown(bound, row)),
		...unknown.map((row) => judgeUnknown(bound, row, pairs.get(row))),
		...lacking.filter((name) => ![...pairs.values()].includes(name)).map((name) => judgeLeftOut(bound, named, name)),
	];
}

interface Bound {
	readonly hearing: Hearing;
	readonly binding: Binding;
	readonly operation: Operation;
}

function judgeKnown({ hearing, binding, operation }: Bound, facts: Facts): readonly Ruling[] {
	const member = memberNamed(binding.members, facts.name);
	const { rule, noun } = binding;
	return compareField(hearing, facts, {
		rule,
		operation: operationName(operation),
		called: `${noun} ${facts.name}`,
		...member,
	});
}

function judgeUnknown({ hearing, binding, operation }: Bound, facts: Facts, meant: string | undefined): Ruling {
	const { rule, noun, members } = binding;
	const { name, line, quote } = facts;
	const said: Said = {
		rule,
		operation: operationName(operation),
		subject: name,
		says: `has the ${noun} ${name}`,
		line,
		quote,
	};
	return disagrees(hearing, said, {
		level: "drift",
		...unknownParameter(noun, name, meant === undefined ? [...members.keys()] : [meant]),
		...(meant === undefined ? {} : renamed(noun, name, meant)),
	});
}

function renamed(
	noun: string,
	name: string,
	meant: string,
): Pick<ReturnType<typeof unknownParameter>, "observed" | "message" | "repair"> {
	return {
		observed: `${noun} ${meant}`,
		message: `The document has no ${noun} ${name} here; it has ${meant}, which the table leaves out.`,
		repair: `Write ${meant} in place of ${name}.`,
	};
}

/** Members at the top of what is sent that no row names. */
function leftOut({ members }: Binding, known: readonly Facts[]): readonly string[] {
	const listed = new Set(known.map(({ name }) => memberNamed(members, name)));
	return [...members].flatMap(([name, member]) => (/[.[]/.test(name) || listed.has(member) ? [] : [name]));
}

/** A name too many and a name too few are one mistake: where they are alike, or where there is only one of each. */
function pairUp(unknown: readonly Facts[], lacking: readonly string[], { noun }: Binding): ReadonlyMap<Facts, string> {
	const pairs = new Map<Facts, string>();
	for (const row of unknown) {
		const alike = /^.* (\S+)$/.exec(unknownParameter(noun, row.name, lacking).observed)?.[1];
		if (alike !== undefined && lacking.includes(alike)) pairs.set(row, alike);
	}
	const [row, ...others] = unknown;
	const [name, ...more] = lacking;
	if (row !== undefined && name !== undefined && others.length === 0 && more.length === 0) pairs.set(row, name);
	return pairs;
}

/** What must be sent and is not listed is drift; what may be sent is a surprise. */
function judgeLeftOut({ hearing, binding, operation }: Bound, { table }: NamedTable, name: string): Ruling {
	const { rule, noun, members } = binding;
	const said: Said = {
		rule,
		operation: operationName(operation),
		subject: name,
		says: "lists all that can be sent",
		line: table.line,
		quote: table.columns.join(" · "),
	};
	const word = members.get(name)?.required === true ? "required" : "optional";
	return disagrees(hearing, said, {
		level: word === "required" ? "drift" : "surprise",
		documented: `no ${noun} ${name}`,
		observed: word,
		message: `The table leaves out the ${word} ${noun} ${name}.`,
		repair: `Add a row for ${name}.`,
	});
}

/** A table that says what it lists, and does not list parts of it in tables of their own. */
function isWhole({ place, direction }: NamedTable["scope"]["label"], { isInput, isLabelled, noun }: Binding): boolean {
	return isInput && (isLabelled || (noun === "field" && direction === "request") || place === "query");
}

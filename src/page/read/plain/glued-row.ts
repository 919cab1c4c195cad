import type { Role } from "../../column.ts";
import { roleOf } from "../../column.ts";

/** Types as the cells of a table name them, longest first. */
const TYPE =
	/^(?:(?:array|list)\s*(?:of\s+|<|\[)\s*\w+s?[>\]]?|(?:string|str|text|integer|int32|int64|int|long|number|float|double|decimal|boolean|bool|object|map|json|array|list|uuid|email|url|uri|datetime|date-time|timestamp|date|enum|null)(?:\s*\[\])*(?:\s*(?:\||or)\s*null)?)/i;
const REQUIRED = /^(?:required|optional|mandatory|yes|no|true|false|✓|✔|✅|✗|✘|❌|—|-)/i;
const STATUS = /^[1-5](?:\d\d|xx)/i;
const METHOD = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)/;

/**
 * Takes a row apart whose cells stand side by side without anything between them. Cells of a closed vocabulary (types,
 * statuses, yes and no) tell where they end; a name ends where a known name does, or before the capital letter that
 * begins its description. Undefined when that is not clear.
 *
 * @param names everything that the document gives a name to
 * @example splitRow("limitintegeroptionalPage size.", ["Field", "Type", "Required", "Description"], names)
 */
export function splitRow(
	line: string,
	heads: readonly string[],
	names: ReadonlySet<string>,
): readonly string[] | undefined {
	const cells: string[] = [];
	let rest = line.trim();
	for (const [index, head] of heads.entries()) {
		const isLast = index === heads.length - 1;
		const role = roleOf(head);
		const length = isLast ? rest.length : lengthOf(rest, role, { next: roleOf(heads[index + 1] ?? ""), names });
		if (length === undefined) return index > 0 && isFree(role) ? filled([...cells, rest], heads) : undefined;
		cells.push(rest.slice(0, length).trim());
		rest = rest.slice(length).trim();
	}
	return filled(cells, heads);
}

function filled(cells: readonly string[], heads: readonly string[]): readonly string[] {
	return heads.map((_, index) => cells[index] ?? "");
}

/** Running text: where it ends and the next running text begins nobody can tell, and nobody needs to. */
function isFree(role: Role | undefined): boolean {
	return role === "description" || role === "constraints" || role === undefined;
}

interface Neighbours {
	readonly next: Role | undefined;
	readonly names: ReadonlySet<string>;
}

function lengthOf(rest: string, role: Role | undefined, { next, names }: Neighbours): number | undefined {
	switch (role) {
		case "type":
			return TYPE.exec(rest)?.[0].length;
		case "required":
			return REQUIRED.exec(rest)?.[0].length;
		case "status":
			return STATUS.exec(rest)?.[0].length;
		case "method":
			return METHOD.exec(rest)?.[0].length;
		case "name":
			return nameLength(rest, next, names);
		default:
			return undefined;
	}
}

const NAME_LENGTH_MAX = 80;

function nameLength(rest: string, next: Role | undefined, names: ReadonlySet<string>): number | undefined {
	const fits = (length: number): boolean => isFollowedBy(rest.slice(length), next);
	for (let length = Math.min(NAME_LENGTH_MAX, rest.length - 1); length > 0; length--) {
		if (names.has(rest.slice(0, length)) && fits(length)) return length;
	}
	// A name that the document does not know: up to the capital letter, or up to the first type.
	if (next !== "type" && next !== "required") {
		const bare = /^[a-z][a-z0-9_.[\]-]*/.exec(rest)?.[0] ?? "";
		return bare !== "" && /^\s*[A-Z0-9]/.test(rest.slice(bare.length)) ? bare.length : undefined;
	}
	const bare = /^[A-Za-z][\w.[\]-]*/.exec(rest)?.[0] ?? "";
	for (let length = 2; length <= bare.length; length++) {
		if (isWholeType(rest.slice(length), next) && fits(length)) return length;
	}
	return undefined;
}

function isFollowedBy(rest: string, next: Role | undefined): boolean {
	const text = rest.trim();
	if (next === "type") return TYPE.test(text);
	if (next === "required") return REQUIRED.test(text);
	if (next === "status") return STATUS.test(text);
	return /^[A-Z0-9"'(≥≤]/.test(text);
}

/** After a type comes another column, and no further letter of the same word: `int` in `interval` is none. */
function isWholeType(rest: string, next: Role | undefined): boolean {
	const found = (next === "type" ? TYPE : REQUIRED).exec(rest)?.[0];
	if (found === undefined) return false;
	const after = rest.slice(found.length);
	return after === "" || /^(?:[^a-z]|required|optional|mandatory|yes|no|true|false)/.test(after);
}

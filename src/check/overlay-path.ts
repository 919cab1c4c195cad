import type { Contract } from "../contract/contract.ts";
import type { Source } from "../problem/source.ts";
import { parsePointer } from "../schema/reference.ts";

/** Keys whose values are lists: a number after one of them counts items. */
const LISTS: ReadonlySet<string> = new Set([
	"parameters",
	"allOf",
	"anyOf",
	"oneOf",
	"prefixItems",
	"security",
	"tags",
]);

/**
 * The JSONPath (RFC 9535) by which an overlay reaches a part; undefined where the part stands in another file than the
 * document, which an overlay cannot reach.
 *
 * @example overlayPath(contract, { file: "a.yaml", pointer: "/paths/~1a/get" }) // "$.paths['/a'].get"
 */
export function overlayPath({ file }: Pick<Contract, "file">, source: Source): string | undefined {
	if (source.file !== file) return undefined;
	const tokens = parsePointer(source.pointer);
	return `$${tokens.map((token, index) => segment(token, tokens.slice(0, index))).join("")}`;
}

function segment(token: string, before: readonly string[]): string {
	const isIndex = /^\d+$/.test(token) && LISTS.has(before.at(-1) ?? "") && before.at(-2) !== "properties";
	if (isIndex && before.length > 1) return `[${token}]`;
	return /^[A-Za-z_]\w*$/.test(token) ? `.${token}` : `['${token.replace(/[\\']/g, "\\$&")}']`;
}

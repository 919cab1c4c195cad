import { UserError } from "../problem/problem.ts";
import type { SelectedApi } from "./select-api.ts";

/** What the words of a command line mean. */
export interface NamedFiles {
	readonly pages: readonly string[];
	readonly spec?: string;
}

/**
 * Tells the document from the pages by its name: pages are no YAML and no JSON.
 *
 * @throws UserError when several documents are named
 * @example splitFiles(["docs/api.md", "openapi.yaml"]) // { pages: ["docs/api.md"], spec: "openapi.yaml" }
 */
export function splitFiles(files: readonly string[]): NamedFiles {
	const specs = files.filter((file) => /\.(?:ya?ml|json)$/i.test(file));
	const pages = files.filter((file) => !specs.includes(file));
	const [spec, second] = specs;
	if (second !== undefined) {
		const message = `${spec} and ${second} are both documents, and pages are held against one`;
		throw new UserError([{ code: "two-documents", message, hint: "name one of them, or run the command twice" }]);
	}
	return { pages, ...(spec === undefined ? {} : { spec }) };
}

/**
 * The pages of each API: those that are named, or else those of its configuration.
 *
 * @throws UserError when no page is named anywhere
 */
export function pagesOf(
	apis: readonly SelectedApi[],
	named: readonly string[],
): readonly { readonly selected: SelectedApi; readonly pages: readonly string[] }[] {
	const each = apis.map((selected) => ({ selected, pages: named.length > 0 ? named : (selected.api.pages ?? []) }));
	const given = each.filter(({ pages }) => pages.length > 0);
	if (given.length > 0) return given;
	throw new UserError([
		{
			code: "no-pages",
			message: "no page is named",
			hint: "name pages, like holdfast docs docs/api.md openapi.yaml, or write `pages` into the configuration",
		},
	]);
}

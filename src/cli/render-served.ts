import { CONTROL_PATH } from "../mock/control/path.ts";
import { clashesOf } from "../mock/host.ts";
import { renderSummary } from "../mock/render-summary.ts";
import type { ServedApi } from "./serve-api.ts";

export interface ServedFacts {
	/** Name and version of the program: `holdfast 1.0`. */
	readonly product: string;
	/** Base URL without a trailing slash. */
	readonly url: string;
	readonly hasControl: boolean;
}

/** What a person reads when the mock is ready. */
export function renderServed(apis: readonly ServedApi[], { product, url, hasControl }: ServedFacts): string {
	const control = hasControl ? `  ·  control on ${CONTROL_PATH}` : "";
	const summaries = apis.map(({ name, mock }) => renderSummary(mock.describe(), apis.length === 1 ? product : name));
	if (apis.length === 1) return `${summaries[0]}\n  ready on ${url}${control}\n`;
	const rows = tableOf(apis, url);
	const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
	const lines = rows.map((row) =>
		`  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("   ")}`.trimEnd(),
	);
	return `${product} · ${apis.length} APIs\n\n${summaries.join("\n")}\n${lines.join("\n")}\n\n  ready on ${url}${control}\n`;
}

/** Where each API is: under its name always, and at its own paths where no other has them. */
function tableOf(apis: readonly ServedApi[], url: string): readonly (readonly string[])[] {
	const hosted = apis.map(({ name, mock }) => ({ name, service: mock.service }));
	return apis.map(({ name, mock }) => {
		const paths = mock.model.contract.operations.map(({ path }) => path);
		const clashes = clashesOf({ name, service: mock.service, paths }, hosted);
		const also = clashes.length === 0 ? `and ${url}` : `some of its paths are also those of ${clashes.join(" and ")}`;
		return [name, `${url}/${name}`, also];
	});
}

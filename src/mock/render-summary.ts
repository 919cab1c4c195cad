import { renderPlace } from "../problem/problem.ts";
import type { ResourceSummary, Summary } from "./summary.ts";

/**
 * The start-up summary as a person reads it, without the line that says where it listens.
 *
 * @param product name and version of the program: `holdfast 1.0`
 */
export function renderSummary(summary: Summary, product: string): string {
	const { title, version, openapi, operations, seed, resources, stateless, problems } = summary;
	const minor = openapi.split(".").slice(0, 2).join(".");
	const facts = [product, `${title} ${version}`, `OpenAPI ${minor}`, count(operations, "operation"), `seed ${seed}`];
	const rows = resources.filter(({ effects }) => effects.length > 0);
	const served = rows.length === 0 ? [] : ["", ...renderRows(rows)];
	const rest =
		stateless === 0 ? [] : ["", `  ${count(stateless, "operation")} without state: examples, or made-up data`];
	const told = problems.map(
		({ place, message }) => `  ! ${place === undefined ? "" : `${renderPlace(place)}  `}${message}`,
	);
	return [facts.join(" · "), ...served, ...rest, ...(told.length === 0 ? [] : ["", ...told]), ""].join("\n");
}

function renderRows(rows: readonly ResourceSummary[]): readonly string[] {
	const cells = rows.map(({ name, path, effects, items }) => [
		name,
		path,
		effects.join(" "),
		items === undefined ? "-" : count(items, "item"),
	]);
	const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => (row[column] ?? "").length)));
	return cells.map((row) => {
		const padded = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
		return `  ${padded.join("   ")}`.trimEnd();
	});
}

function count(number: number, noun: string): string {
	return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

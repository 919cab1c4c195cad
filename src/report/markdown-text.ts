/** Text in a cell of a table: neither a pipe nor a line break may end the cell, and no sign begins markup. */
export function cell(text: string): string {
	return plain(text)
		.replaceAll("|", "\\|")
		.replace(/\s*\n\s*/g, " ");
}

/** Text whose signs mean themselves. */
export function plain(text: string): string {
	// An underscore inside a word begins nothing (CommonMark 6.2).
	return text.replace(/[\\`*<>[\]#]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, (sign) => `\\${sign}`);
}

/** A code span in a cell: fenced by one backtick more than it holds (CommonMark 6.1). */
export function code(text: string): string {
	const line = text.replace(/\s+/g, " ").replaceAll("|", "\\|");
	if (line === "") return "";
	const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
	const fence = "`".repeat(longest + 1);
	const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
	return `${fence}${pad}${line}${pad}${fence}`;
}

/** A block of code, its fence longer than any inside. */
export function block(language: string, text: string): string {
	const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
	const fence = "`".repeat(longest + 1);
	return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
	return [line(headings), line(headings.map(() => "---")), ...rows.map(line)].join("\n");
}

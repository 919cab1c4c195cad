import { parse, stringify } from "yaml";
import type { Finding } from "../finding/finding.ts";
import type { Run } from "../finding/run.ts";

/**
 * The overlay that makes the document tell the truth about one finding, as a file; undefined where none can be made.
 *
 * @example await writeFile("3f9c1a.overlay.yaml", renderOverlay(run, finding) ?? "")
 */
export function renderOverlay(
	run: Run,
	{ repair, fingerprint, operation, documented, observed }: Finding,
): string | undefined {
	const actions = repair.overlay === undefined ? undefined : parseActions(repair.overlay);
	if (actions === undefined) return undefined;
	const heading = [
		`# ${operation.method} ${operation.path}: documented ${documented}, observed ${observed} (${fingerprint}).`,
		`# Lay it over ${run.contract.file}, or write it into it:`,
		`#   holdfast check ${run.contract.file} --overlay ${fingerprint}.overlay.yaml`,
	];
	const overlay = {
		overlay: "1.0.0",
		info: { title: `What ${operation.method} ${operation.path} does`, version: "1.0.0" },
		actions,
	};
	return `${heading.map(oneLine).join("\n")}\n${stringify(overlay, { lineWidth: 0 })}`;
}

function oneLine(text: string): string {
	return text.replace(/\s+/g, " ");
}

/** A run that another program wrote may hold anything there: what is no list of actions is no overlay. */
function parseActions(text: string): readonly unknown[] | undefined {
	try {
		const value: unknown = parse(text);
		return Array.isArray(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

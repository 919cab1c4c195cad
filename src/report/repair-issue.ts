import type { Finding } from "../finding/finding.ts";
import type { Run } from "../finding/run.ts";
import { renderPlace } from "../problem/problem.ts";
import { renderProofTable } from "./markdown-finding.ts";
import { block, code, plain } from "./markdown-text.ts";
import { proofRows } from "./proof.ts";
import { renderShellScript, shellScriptOf } from "./shell.ts";
import { sidesOf } from "./sides.ts";

/**
 * The text of a bug, ready to be filed: of the docs where the service has the last word, of the service where the
 * document has.
 *
 * @example renderIssue(run, finding).split("\n")[0] // "# Docs: PUT /a/{id} is documented to replace, and does append"
 */
export function renderIssue(run: Run, finding: Finding): string {
	const { operation, documented, observed, because, source, message, repair, evidence, suspects } = finding;
	const isDocs = repair.first === "document";
	const name = `${operation.method} ${operation.path}`;
	const sides = sidesOf(finding);
	const place = renderPlace({ file: source.file, ...(source.line === undefined ? {} : { line: source.line }) });
	const rows = proofRows(run, finding);
	const sections = [
		`# ${isDocs ? "Docs" : "Bug"}: ${plain(`${name}: ${sides.documented} ${documented}, ${sides.observed} ${observed}`)}`,
		plain(message),
		`## What is documented\n\n${because === undefined ? "" : `> ${plain(because).replace(/\s*\n\s*/g, "\n> ")}\n\n`}In ${code(place)}, version ${plain(run.contract.version)} of ${plain(run.contract.title)}.`,
		...(rows.length === 0 ? [] : [`## What happens\n\n${renderProofTable(rows)}`]),
		...(suspects.length > 1 ? [`One of these explains it: ${suspects.map(code).join(", ")}.`] : []),
		...(evidence.length === 0
			? []
			: [`## To see it\n\n${block("sh", renderShellScript(shellScriptOf(run, finding)))}`]),
		`## What could be done\n\n${renderWays(finding)}`,
		`Found by Holdfast ${plain(run.holdfast)}, rule ${code(finding.rule)}, fingerprint ${code(finding.fingerprint)}.`,
	];
	return `${sections.join("\n\n")}\n`;
}

function renderWays({ repair }: Finding): string {
	const document =
		repair.overlay === undefined
			? `Correct the document.${repair.why === undefined ? "" : ` No overlay can: ${plain(repair.why)}.`}`
			: `Correct the document. As actions of an overlay:\n\n${block("yaml", repair.overlay)}`;
	const other =
		repair.page === undefined ? `Mend the service: ${plain(repair.service)}` : `Mend the page: ${plain(repair.page)}`;
	const ways = repair.first === "document" ? [document, other] : [other, document];
	return ways.map((way, index) => `${index + 1}. ${way.replaceAll("\n", "\n   ").replace(/ +$/gm, "")}`).join("\n");
}

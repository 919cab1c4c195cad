import type { Comparison } from "../finding/compare-runs.ts";
import type { Finding } from "../finding/finding.ts";
import { plural } from "./summary.ts";

/**
 * What has become of an API since an earlier run, a line per finding: `+` new, `^` grown, `-` gone, `?` not looked at,
 * `=` as before or known.
 *
 * @example renderSince(compareRuns(run, main)) // "since then: 1 new, 0 grown, 1 gone\n  + PUT /a  documented …"
 */
export function renderSince({ findings, gone }: Comparison): string {
	const of = (...standings: readonly string[]): Comparison["findings"] =>
		findings.filter(({ standing }) => standings.includes(standing));
	const decided = gone.filter((one) => one.decided);
	const open = gone.filter((one) => !one.decided);
	const stayed = of("known", "standing");
	const figures = [
		`${of("new").length} new`,
		`${of("grown").length} grown`,
		`${decided.length} gone`,
		`${stayed.length} as before`,
		...(of("flaky").length === 0 ? [] : [`${of("flaky").length} flaky`]),
		...(open.length === 0 ? [] : [`${open.length} not looked at`]),
	];
	const lines = [
		...of("new").map(({ finding }) => `+ ${describe(finding)}`),
		...of("grown").map(({ finding, grown }) => `^ ${describe(finding)}: ${grown ?? ""}`),
		...of("flaky").map(({ finding }) => `~ ${describe(finding)}`),
		...decided.map(({ finding, why }) => `- ${describe(finding)}: ${why}`),
		...open.map(({ finding, why }) => `? ${describe(finding)}: ${why}`),
		...stayed.slice(0, STAYED_MAX).map(({ finding }) => `= ${describe(finding)}`),
	];
	const rest = stayed.length - STAYED_MAX;
	const last = rest > 0 ? [`= and ${plural(rest, "more finding")}`] : [];
	return [`since then: ${figures.join(", ")}`, ...[...lines, ...last].map((line) => `  ${line}`)]
		.join("\n")
		.concat("\n");
}

/** What stays tells least. */
const STAYED_MAX = 10;

function describe({ operation, rule, documented, observed, fingerprint }: Finding): string {
	return `${operation.method} ${operation.path}  ${rule} · ${fingerprint}  documented ${documented}, observed ${observed}`;
}

import { readFile } from "node:fs/promises";

/** A finding of either tool, in one form. */
export interface Reported {
	/** What identifies it in `judgements.yaml`. */
	readonly id: string;
	readonly rule: string;
	readonly level: "drift" | "surprise";
	/** `GET /zones/{id}`, its own operation first, then those that it names as consequences. */
	readonly operations: readonly string[];
	/** All that it says: subject, documented, observed, message. */
	readonly says: string;
}

interface HoldfastFinding {
	readonly fingerprint: string;
	readonly rule: string;
	readonly level: "drift" | "surprise";
	readonly operation: { readonly method: string; readonly path: string };
	readonly subject?: string;
	readonly documented: string;
	readonly observed: string;
	readonly message: string;
	readonly consequences: readonly string[];
}

export interface HoldfastRun {
	readonly findings: readonly HoldfastFinding[];
	readonly phases: readonly { readonly exchanges: number; readonly durationMs: number }[];
	readonly claims: readonly { readonly verdict: string }[];
	readonly notes: readonly string[];
}

export async function loadRun(file: string): Promise<HoldfastRun> {
	return JSON.parse(await readFile(file, "utf8")) as HoldfastRun;
}

export function reportedIn({ findings }: HoldfastRun): readonly Reported[] {
	return findings.map(({ fingerprint, rule, level, operation, consequences, ...finding }) => ({
		id: fingerprint,
		rule,
		level,
		operations: [`${operation.method} ${operation.path}`, ...consequences.map((one) => one.replace(/ too$/, ""))],
		says: [finding.subject, finding.documented, finding.observed, finding.message]
			.filter((text) => text !== undefined)
			.join(" · "),
	}));
}

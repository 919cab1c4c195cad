import type { Finding } from "../finding/finding.ts";
import type { Run } from "../finding/run.ts";

/** The proof of a finding as a script for a POSIX shell, ready to be run once its secrets are filled in. */
export interface ShellScript {
	/** Variables to set first: the target, and what was masked. */
	readonly variables: readonly { readonly name: string; readonly value?: string; readonly label: string }[];
	readonly lines: readonly string[];
}

const MASKED = /«([^»]+)»/g;

/**
 * Takes the recorded lines of curl, and puts variables in the place of the target and of every masked secret.
 *
 * @example shellScriptOf(run, finding).variables[1] // { name: "ADMIN_KEY", label: "adminKey" }
 */
export function shellScriptOf(run: Run, finding: Finding): ShellScript {
	const target = run.target.replace(/\/+$/, "");
	const labels = new Set(
		finding.evidence.flatMap(({ curl }) => [...curl.matchAll(MASKED)].map((match) => match[1] ?? "")),
	);
	const names = nameVariables([...labels]);
	const lines = finding.evidence.map(({ curl }) =>
		curl
			.replaceAll(`'${target}`, `"$TARGET"'`)
			.replace(MASKED, (masked, label: string) => (names.has(label) ? `'"$${names.get(label)}"'` : masked)),
	);
	const secrets = [...names].map(([label, name]) => ({ name, label }));
	return { variables: [{ name: "TARGET", value: target, label: "the base URL" }, ...secrets], lines };
}

export function renderShellScript({ variables, lines }: ShellScript): string {
	const set = variables.map(({ name, value, label }) =>
		value === undefined ? `${name}=… # ${label}` : `${name}='${value.replaceAll("'", "'\\''")}'`,
	);
	return [...set, ...lines].join("\n");
}

/** `adminKey` is `ADMIN_KEY`; two labels never share a name. */
export function nameVariables(labels: readonly string[]): ReadonlyMap<string, string> {
	const names = new Map<string, string>();
	for (const label of labels) {
		const base = variableName(label);
		let name = base;
		for (let count = 2; name === "TARGET" || [...names.values()].includes(name); count++) name = `${base}_${count}`;
		names.set(label, name);
	}
	return names;
}

function variableName(label: string): string {
	const words = label
		.replace(/([a-z0-9])([A-Z])/g, "$1_$2")
		.replace(/[^A-Za-z0-9]+/g, "_")
		.replace(/^_+|_+$/g, "");
	const name = words.toUpperCase();
	return /^[A-Z]/.test(name) ? name : `SECRET_${name}`.replace(/_+$/, "");
}

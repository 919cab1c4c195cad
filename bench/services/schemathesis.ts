import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { Reported } from "./report.ts";
import type { Service } from "./services.ts";

/** What both tools may take for one service. */
const SECONDS_MAX = 300;

/** All checks and phases on, and on after a failure. */
export async function runSchemathesis(
	program: string,
	service: Pick<Service, "headers" | "excludeExactly" | "target">,
	{ document, events, secondsMax = SECONDS_MAX }: { document: string; events: string; secondsMax?: number },
): Promise<void> {
	const headers = Object.entries(service.headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
	const excluded = service.excludeExactly.flatMap((name) => ["--exclude-name", name]);
	const args = [
		...["run", document, "--url", service.target, ...headers, ...excluded],
		...["-c", "all", "-m", "all", "--phases", "examples,coverage,fuzzing,stateful", "--continue-on-failure"],
		...["--max-time", String(secondsMax), "--seed", "1", "--report", "ndjson", "--report-ndjson-path", events],
	];
	const child = spawn(program, args, { stdio: ["ignore", "ignore", "inherit"] });
	await once(child, "exit");
}

interface Failure {
	readonly name: string;
	readonly operation: string;
	readonly title: string;
	readonly message: string;
	readonly status: string;
}

/**
 * Checks that say what no document does are surprises in our words too: an undocumented status or method, and arbitrary
 * data that is refused although its schema admits it.
 */
const SURPRISES: ReadonlySet<string> = new Set([
	"positive-data-acceptance",
	"status-code-conformance",
	"unsupported-method",
	"allow-header-conformance",
]);

/** Its failures in the form of ours: those that differ in check, operation, status and first line are one. */
export async function schemathesisFindings(events: string): Promise<readonly Reported[]> {
	const lines = (await readFile(events, "utf8")).split("\n").filter((line) => line.includes('"ScenarioFinished"'));
	const failures = lines.flatMap((line) => failuresIn((JSON.parse(line) as Line).ScenarioFinished.recorder));
	const distinct = Map.groupBy(failures, ({ name, operation, status, title, message }) =>
		[name, operation, status, title, message.split("\n")[0]].join(" · "),
	);
	return [...distinct].flatMap(([id, [failure]]): readonly Reported[] => {
		if (failure === undefined) return [];
		const rule = failure.name.replaceAll("_", "-");
		const says = [failure.status, failure.title, failure.message].join(" · ");
		return [{ id, rule, level: SURPRISES.has(rule) ? "surprise" : "drift", operations: [failure.operation], says }];
	});
}

interface Line {
	readonly ScenarioFinished: { readonly recorder: Recorder };
}

interface Recorder {
	readonly cases?: Readonly<Record<string, { readonly value: { readonly method: string; readonly path: string } }>>;
	readonly interactions?: Readonly<Record<string, { readonly response?: { readonly status_code: number } | null }>>;
	readonly checks?: Readonly<Record<string, readonly Check[]>>;
}

interface Check {
	readonly name: string;
	readonly failure_info?: {
		readonly failure: { readonly operation: string; readonly title: string; readonly message: string };
	};
}

function failuresIn({ cases = {}, interactions = {}, checks = {} }: Recorder): readonly Failure[] {
	return Object.entries(checks).flatMap(([id, all]) =>
		all.flatMap(({ name, failure_info: info }): readonly Failure[] => {
			if (info === undefined) return [];
			const { operation, title, message } = info.failure;
			const sent = cases[id]?.value;
			const status = String(interactions[id]?.response?.status_code ?? "");
			// In its stateful phase a failure bears the name of the phase; the case knows what was called.
			const own = operation.includes("/") || sent === undefined ? operation : `${sent.method} ${sent.path}`;
			return [{ name, operation: own, title, message, status }];
		}),
	);
}

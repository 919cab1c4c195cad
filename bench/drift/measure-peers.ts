import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { replayWithDredd } from "../../contracts/dredd/replay.ts";
import { behindPrism } from "../../contracts/prism-proxy.ts";
import { isAnswer } from "../../src/http/exchange.ts";
import { runSchemathesis, schemathesisFindings } from "../services/schemathesis.ts";
import { checkSubject } from "./measure-holdfast.ts";
import type { Started, Subject } from "./subject.ts";

/** What a peer complains of, each kind of complaint once, without the values of the run. */
export type Alarms = readonly string[];

export type Peer = (subject: Subject, started: Started) => Promise<Alarms>;

const SCHEMATHESIS_SECONDS_MAX = 15;
const PRISM_TIMEOUT_MS = 1_500;

/** All checks and phases on, for at most 15 seconds. */
export function schemathesis(program: string): Peer {
	return async ({ spec, options }, { url }) => {
		const folder = await mkdtemp(join(tmpdir(), "holdfast-drift-"));
		try {
			const events = join(folder, "events.ndjson");
			const service = { headers: options.headers ?? {}, excludeExactly: [], target: url };
			await runSchemathesis(program, service, { document: spec, events, secondsMax: SCHEMATHESIS_SECONDS_MAX });
			const findings = await schemathesisFindings(events);
			const drift = findings.filter(({ level }) => level === "drift");
			return distinct(drift.map(({ rule, operations, says }) => `${rule} ${operations[0]}: ${says.split(" · ")[1]}`));
		} finally {
			await rm(folder, { recursive: true });
		}
	};
}

/** With the rehearsal that an API has in `contracts/`, else with its headers alone. */
export const dredd: Peer = async ({ spec, family, options }, { url }) => {
	const own = new URL(`../../contracts/${family}/rehearsal.ts`, import.meta.url);
	const plain = new URL("plain-rehearsal.ts", import.meta.url);
	plain.searchParams.set("headers", JSON.stringify(options.headers ?? {}));
	const rehearsal = existsSync(fileURLToPath(own)) ? own : plain;
	const replayed = await replayWithDredd({ document: spec, url, rehearsal });
	const failed = replayed.filter(({ outcome }) => outcome === "failed");
	return distinct(failed.map(({ answer, reasons }) => `${answer}: ${reasons[0]?.split("\n")[0]}`));
};

/** As validation proxy between our check and the service: what it says against answers. */
export const prism: Peer = async (subject, started) => {
	const proxy = await behindPrism(subject.spec, { url: started.url, close: async () => {} });
	const alarms: string[] = [];
	try {
		// Its proxy never answers a request whose JSON is malformed.
		const phases = ["examples", "values", "experiments"] as const;
		for await (const event of checkSubject(subject, proxy.url, { phases, timeoutMs: PRISM_TIMEOUT_MS })) {
			if (event.kind !== "exchange" || !isAnswer(event.exchange.answer)) continue;
			const violations = JSON.parse(event.exchange.answer.headers["sl-violations"] ?? "[]") as readonly Violation[];
			const { method, path } = event.operation;
			alarms.push(
				...violations
					.filter(({ location }) => location[0] === "response")
					.map(({ location, code }) => `${method} ${path}: ${location.join(".")} ${code}`),
			);
		}
	} finally {
		await proxy.close();
	}
	return distinct(alarms);
};

interface Violation {
	readonly location: readonly string[];
	readonly code: string;
}

function distinct(lines: readonly string[]): Alarms {
	return [...new Set(lines)].toSorted();
}

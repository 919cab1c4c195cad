import { hintOf } from "../../contract/did-you-mean.ts";
import { type Problem, UserError } from "../../problem/problem.ts";
import { type Duration, parseDurations } from "./duration.ts";

/** A way in which a mock fails on purpose. */
export interface Fault {
	/** A glob over operationIds and `METHOD /path`; every operation when not given. */
	readonly operation?: string;
	/** How often it strikes, from 0 to 1. */
	readonly rate: number;
	/** The answer comes so much later. */
	readonly latency?: Duration;
	/** Answered in the place of what was asked for, which then is not done; `error` is a documented one. */
	readonly status?: number | "error";
	/** What was asked for is done, and the connection is lost: before the head, after it, or within the body. */
	readonly drop?: Drop;
	/** The body comes in small pieces, over so much time. */
	readonly slow?: Duration;
}

export const DROPS = ["before-headers", "after-headers", "within-body"] as const;
export type Drop = (typeof DROPS)[number];

export const FAULT_KEYS: readonly string[] = ["operation", "rate", "latency", "status", "drop", "slow"];

/** A member of a fault as it was read, or what is wrong with it. */
type Read = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

const good = (value: unknown): Read => ({ ok: true, value });
const bad = (message: string): Read => ({ ok: false, message });

/**
 * Reads one member of a fault, from text or from YAML.
 *
 * @example readFaultMember("rate", "0.2") // { ok: true, value: 0.2 }
 */
export function readFaultMember(name: string, given: unknown): Read {
	const text = String(given).trim();
	switch (name) {
		case "operation":
			return typeof given === "string" && text !== "" ? good(text) : bad("is a glob over operations, as text");
		case "rate":
			return text !== "" && Number(text) >= 0 && Number(text) <= 1
				? good(Number(text))
				: bad("is a number from 0 to 1");
		case "status":
			if (text === "error") return good(text);
			return /^[2-5]\d\d$/.test(text) ? good(Number(text)) : bad("is a status, or `error` for a documented one");
		case "drop":
			return (DROPS as readonly string[]).includes(text)
				? good(text)
				: bad(`is one of ${DROPS.join(", ")}${hintText(text, DROPS)}`);
		case "latency":
		case "slow": {
			const duration = parseDurations(text);
			return duration === undefined
				? bad("is a time of at most ten minutes like 200ms, 2s or 100-500ms")
				: good(duration);
		}
		default:
			return bad(`is nothing that a fault has${hintText(name, FAULT_KEYS)}`);
	}
}

function hintText(text: string, known: readonly string[]): string {
	const { hint } = hintOf(text, known);
	return hint === undefined ? "" : `; ${hint}`;
}

/**
 * Reads a fault from one line, as flags and headers write it: `[OPERATION:] name=value[, name=value]`.
 *
 * @throws UserError with all that is wrong with it
 * @example parseFault("listPets: status=503, rate=0.1") // { operation: "listPets", rate: 0.1, status: 503 }
 */
export function parseFault(text: string): Fault {
	const [, operation, rest = ""] = /^(?:([^=]*):)?([^:]*)$/.exec(text) ?? [];
	const problems: Problem[] = [];
	const members: Record<string, unknown> = { rate: 1 };
	if (operation !== undefined) members.operation = operation.trim();
	for (const part of rest.split(",")) {
		const equals = part.indexOf("=");
		const name = (equals < 0 ? part : part.slice(0, equals)).trim();
		const read = readFaultMember(name, equals < 0 ? "" : part.slice(equals + 1));
		if (read.ok) members[name] = read.value;
		else problems.push(problem(`in the fault "${text}", ${name || "nothing"} ${read.message}`));
	}
	if (problems.length === 0 && !doesSomething(members)) {
		problems.push(problem(`the fault "${text}" does nothing`));
	}
	if (problems.length > 0) throw new UserError(problems);
	return members as unknown as Fault;
}

/** A fault that only says where and how often says nothing. */
export function doesSomething(members: object): boolean {
	return ["latency", "status", "drop", "slow"].some((name) => name in members);
}

function problem(message: string): Problem {
	return { code: "bad-fault", message, hint: 'write it like "listPets: status=503, rate=0.1" or "latency=100-500ms"' };
}

/** The fault as `parseFault` reads it. */
export function renderFault({ operation, rate, latency, status, drop, slow }: Fault): string {
	const members = [
		...(latency === undefined ? [] : [`latency=${renderDuration(latency)}`]),
		...(status === undefined ? [] : [`status=${status}`]),
		...(drop === undefined ? [] : [`drop=${drop}`]),
		...(slow === undefined ? [] : [`slow=${renderDuration(slow)}`]),
		...(rate === 1 ? [] : [`rate=${rate}`]),
	];
	return `${operation === undefined ? "" : `${operation}: `}${members.join(", ")}`;
}

function renderDuration({ minMs, maxMs }: Duration): string {
	return minMs === maxMs ? `${minMs}ms` : `${minMs}-${maxMs}ms`;
}

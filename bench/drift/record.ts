import { appendFile, readFile } from "node:fs/promises";
import type { Measured } from "./measure-holdfast.ts";
import type { Alarms } from "./measure-peers.ts";

export const TOOLS = ["holdfast", "schemathesis", "dredd", "prism"] as const;
export type Tool = (typeof TOOLS)[number];

/** One server under one tool. */
export interface Measurement {
	readonly tool: Tool;
	/** As `keyOf` writes it. */
	readonly subject: string;
	readonly seconds: number;
	/** Of ours. */
	readonly check?: Measured;
	/** Of a peer. */
	readonly alarms?: Alarms;
	/** Why it could not be measured. */
	readonly failure?: string;
}

/** Measurements in a file, a line of JSON each: what is in it is not measured again. */
export interface Record {
	readonly all: readonly Measurement[];
	has(tool: Tool, subject: string): boolean;
	add(measurement: Measurement): Promise<void>;
}

/** Opens a file of measurements; it may not be there yet. */
export async function openRecord(file: string): Promise<Record> {
	const text = await readFile(file, "utf8").catch(() => "");
	const all = text
		.split("\n")
		.filter((line) => line !== "")
		.map((line): Measurement => JSON.parse(line));
	return {
		all,
		has: (tool, subject) => all.some((one) => one.tool === tool && one.subject === subject),
		async add(measurement) {
			all.push(measurement);
			await appendFile(file, `${JSON.stringify(measurement)}\n`);
		},
	};
}

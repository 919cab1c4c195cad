import type { CheckOptions } from "../../src/check/run.ts";

/** A server with its document: as documented, awkward but legal (a twin), or with one planted fault. */
export interface Subject {
	/** The document's short name; servers of a family differ in their behaviour alone. */
	readonly family: string;
	readonly name: string;
	readonly kind: "correct" | "twin" | "fault";
	/** Path of the OpenAPI document. */
	readonly spec: string;
	readonly overlays: readonly string[];
	/** The headers and other callers that a check needs, and what it may touch. */
	readonly options: Partial<CheckOptions>;
	/** What a finding about the fault says, as `lineOf` writes it. */
	readonly found?: string;
	start(): Promise<Started>;
}

export interface Started {
	/** Base URL without a trailing slash. */
	readonly url: string;
	close(): Promise<void>;
}

/** Names a subject in tables and in what is kept of a measurement. */
export function keyOf({ family, kind, name }: Subject): string {
	return `${family}/${kind}/${name}`;
}

/** A finding in one line: `effect of putTracks: documented replace, observed append`. */
export function lineOf(finding: {
	readonly rule: string;
	readonly operation: { readonly id: string } | string;
	readonly documented: string;
	readonly observed: string;
}): string {
	const operation = typeof finding.operation === "string" ? finding.operation : finding.operation.id;
	return `${finding.rule} of ${operation}: documented ${finding.documented}, observed ${finding.observed}`;
}

import { check } from "../../src/check/run.ts";
import type { Contract, SecurityScheme } from "../../src/contract/contract.ts";
import type { PhaseName, Run } from "../../src/finding/run.ts";
import { createMock } from "../../src/mock/mock.ts";
import { EMPTY_SCENARIO, type Scenario } from "../../src/mock/scenario/scenario.ts";
import type { Model } from "../../src/model/model.ts";

export interface MockCheck {
	readonly contract: Contract;
	/** What the document says: the check judges by it. */
	readonly model: Model;
	/** What the mock does otherwise: `OPERATION=RIVAL`. */
	readonly drift?: readonly string[];
	/** Operations to try, by id. */
	readonly operations: readonly string[];
	readonly phases?: readonly PhaseName[];
	readonly seed: number;
	/** Exchanges. */
	readonly budget: number;
	/** Nothing stands there that a client can make itself: what a rival does to "another" item, it does to one of ours. */
	readonly isEmpty?: boolean;
}

const SETTLE_MS = 100;
const USER = "holder";
const KEY = "the-key-of-whoever-measures";

/** Checks a mock of a document, or of a rival of it, in this process over a loopback port. */
export async function checkMock({ contract, model, drift = [], isEmpty = false, ...options }: MockCheck): Promise<Run> {
	const scenario = isEmpty ? { ...EMPTY_SCENARIO, data: emptied(model) } : EMPTY_SCENARIO;
	const identities = identitiesFor(contract);
	const mock = createMock({ contract, model, drift, scenario, identities, onNote: () => {} });
	const { url, close } = await mock.listen({ port: 0, host: "127.0.0.1", control: false });
	const fixed = { api: "self", target: url, headers: credentialsFor(contract, options.operations), disposable: true };
	const given = { runId: "hfself", settleMs: SETTLE_MS, today: "2026-01-01" };
	try {
		for await (const event of check({ contract, model, ...fixed, ...given, ...options }))
			if (event.kind === "finished") return event.run;
	} finally {
		await close();
	}
	throw new Error("the check ended without a run");
}

function emptied({ resources, behaviours }: Model): Scenario["data"] {
	const made = new Set(
		[...behaviours.values()].flatMap(({ effect }) =>
			effect.kind === "create" || effect.kind === "upsert" ? [effect.resource] : [],
		),
	);
	const all = [...resources.values()].filter(({ name, parent }) => parent === undefined && made.has(name));
	return new Map(all.map(({ name }) => [name, { kind: "items", items: [] }]));
}

/**
 * A credential for every scheme; of two that both go into `Authorization` and cannot be sent at once, the one is that
 * the operations ask for first.
 */
function credentialsFor(
	{ securitySchemes, operations }: Contract,
	chosen: readonly string[],
): Readonly<Record<string, string>> {
	const asked = operations.filter(({ id }) => chosen.includes(id)).flatMap(({ security }) => security.flat());
	const headers = new Map<string, string>();
	for (const name of [...asked.map(({ scheme }) => scheme), ...securitySchemes.keys()]) {
		const scheme = securitySchemes.get(name);
		const [header, value] = scheme === undefined ? [] : headerFor(scheme);
		if (header !== undefined && value !== undefined && !headers.has(header)) headers.set(header, value);
	}
	return Object.fromEntries(headers);
}

function headerFor(scheme: SecurityScheme): readonly [name: string, value: string] {
	if (isBasic(scheme)) return ["authorization", `Basic ${btoa(`${USER}:${KEY}`)}`];
	if (scheme.kind === "http") return ["authorization", `${scheme.scheme} ${KEY}`];
	if (scheme.kind !== "api-key") return ["authorization", `Bearer ${KEY}`];
	return scheme.in === "cookie" ? ["cookie", `${scheme.parameter}=${KEY}`] : [scheme.parameter.toLowerCase(), KEY];
}

/** Every scheme has a right value, also one that is never sent: who presents something first is not believed. */
function identitiesFor({ securitySchemes }: Contract): Readonly<Record<string, string>> {
	const known = [...securitySchemes].map(([name, scheme]) => [name, isBasic(scheme) ? `${USER}:${KEY}` : KEY]);
	return Object.fromEntries(known);
}

function isBasic(scheme: SecurityScheme): boolean {
	return scheme.kind === "http" && scheme.scheme.toLowerCase() === "basic";
}

import type { CheckIdentities } from "../../src/check/callers.ts";
import { type CheckOptions, check } from "../../src/check/run.ts";
import type { Contract } from "../../src/contract/contract.ts";
import { loadContract } from "../../src/contract/load.ts";
import type { Run } from "../../src/finding/run.ts";
import type { GivenCaller } from "../../src/mock/request/identities.ts";
import { inferModel } from "../../src/model/infer.ts";
import type { Model } from "../../src/model/model.ts";
import { type ControlPlaneOptions, startControlPlane } from "../../src/reference/control-plane/start.ts";
import type { Database } from "../../src/reference/database/database.ts";
import { openSampleDatabase } from "../../src/reference/database/sample-database.ts";

export const SPEC = "spec/control-plane/openapi.yaml";
export const OVERLAY = "spec/control-plane/behaviour.overlay.yaml";

/** Who calls: an administrator, one who may only read, one who may only write, and an administrator of another tenant. */
export const TOKENS = {
	adminToken: "admin-token-of-the-check",
	viewerToken: "viewer-token-of-the-check",
	writerToken: "writer-token-of-the-check",
	otherTenantToken: "other-token-of-the-check",
};

export const HEADERS: Readonly<Record<string, string>> = bearer(TOKENS.adminToken);

export const IDENTITIES: CheckIdentities = {
	main: { headers: HEADERS, tenant: "acme", scopes: ["read", "write"] },
	viewer: { headers: bearer(TOKENS.viewerToken), tenant: "acme", scopes: ["read"] },
	writer: { headers: bearer(TOKENS.writerToken), tenant: "acme", scopes: ["write"] },
	stranger: { headers: bearer(TOKENS.otherTenantToken), tenant: "globex", scopes: ["read", "write"] },
};

/** The same callers as a mock knows them. */
export const CALLERS: readonly GivenCaller[] = [
	{ name: "admin", credentials: { adminToken: TOKENS.adminToken }, tenant: "acme", scopes: ["read", "write"] },
	{ name: "viewer", credentials: { adminToken: TOKENS.viewerToken }, tenant: "acme", scopes: ["read"] },
	{ name: "writer", credentials: { adminToken: TOKENS.writerToken }, tenant: "acme", scopes: ["write"] },
	{
		name: "stranger",
		credentials: { adminToken: TOKENS.otherTenantToken },
		tenant: "globex",
		scopes: ["read", "write"],
	},
];

export interface Described {
	readonly contract: Contract;
	readonly model: Model;
}

/** The control plane's document with its overlay, and what is read out of it. */
export async function loadControlPlane(): Promise<Described> {
	const contract = await loadContract({ spec: SPEC, overlays: [OVERLAY] });
	return { contract, model: inferModel(contract) };
}

/** Starts a control plane on an empty database of its own, checks it, and stops it. */
export async function checkControlPlane(
	described: Described,
	settings: ControlPlaneOptions,
	options: Partial<CheckOptions>,
): Promise<Run> {
	const database: Database = settings.database ?? (await openSampleDatabase());
	const { url, close } = await startControlPlane({ ...TOKENS, ...settings, database });
	try {
		return await checkRunning(described, url, options);
	} finally {
		await close();
		await database.close();
	}
}

/** Checks what runs already. */
export async function checkRunning(
	{ contract, model }: Described,
	target: string,
	options: Partial<CheckOptions>,
): Promise<Run> {
	const fixed = { contract, model, target, api: "control-plane", headers: HEADERS, identities: IDENTITIES };
	for await (const event of check({ ...fixed, disposable: true, runId: "hftest", ...options })) {
		if (event.kind === "finished") return event.run;
	}
	throw new Error("the check ended without a run");
}

function bearer(token: string): Readonly<Record<string, string>> {
	return { authorization: `Bearer ${token}` };
}

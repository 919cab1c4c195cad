import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { argv, stdout } from "node:process";
import type { Contract, SecurityScheme } from "../../../src/contract/contract.ts";
import { loadContract } from "../../../src/contract/load.ts";
import { createSend } from "../client.ts";
import { createJudges } from "../independent-document.ts";
import { startPeer } from "../start-peer.ts";
import { type Asker, CREDENTIALS, createAsker } from "./ask.ts";
import { collectionsOf } from "./collection.ts";
import { live } from "./cycle.ts";
import { bad, type Told } from "./result.ts";

/** What the collections of one document did. */
export interface LifeResult {
	readonly name: string;
	readonly failed?: string;
	readonly collections: readonly { readonly path: string; readonly told: Told }[];
}

/** Whatever the document says, everything belongs to the tenant of the caller: the only thing that is declared here. */
const OVERLAY = {
	overlay: "1.0.0",
	info: { title: "Tenants", version: "1" },
	actions: [{ target: "$", update: { "x-holdfast": { partition: { by: "identity" } } } }],
};

const [name = "", file = ""] = argv.slice(2);
const contract = await loadContract({ spec: file });
const started = await startPeer("holdfast", file);
if ("failed" in started) {
	stdout.write(JSON.stringify({ name, failed: started.failed, collections: [] } satisfies LifeResult));
} else {
	const folder = mkdtempSync(join(tmpdir(), "life-"));
	const hasCredentials = contract.securitySchemes.size > 0;
	const parted = hasCredentials ? await startPeer("holdfast", file, partedArguments(contract, folder)) : undefined;
	rmSync(folder, { recursive: true });
	if (parted !== undefined && "failed" in parted) throw new Error(parted.failed);
	const askerAt = ({ url }: { readonly url: string }): Asker =>
		createAsker(contract, createJudges(contract), createSend(url));
	const [whole, other] = [askerAt(started), parted && askerAt(parted)];
	const collections: { path: string; told: Told }[] = [];
	for (const collection of collectionsOf(contract.operations)) {
		const told = await live(whole, other, collection).catch((error: unknown): Told => ({ create: bad(String(error)) }));
		collections.push({ path: collection.path, told });
	}
	started.stop();
	parted?.stop();
	stdout.write(JSON.stringify({ name, collections } satisfies LifeResult));
}
process.exit(0);

/** Two callers of two tenants. */
function partedArguments({ securitySchemes }: Contract, where: string): readonly string[] {
	const [overlay, scenario] = [join(where, "overlay.json"), join(where, "scenario.json")];
	const identities = (["own", "other"] as const).map((who) => ({
		name: who,
		tenant: who,
		credentials: Object.fromEntries(
			[...securitySchemes].flatMap(([scheme, about]) =>
				about.kind === "mutual-tls" ? [] : [[scheme, credentialOf(about, who)]],
			),
		),
	}));
	writeFileSync(overlay, JSON.stringify(OVERLAY));
	writeFileSync(scenario, JSON.stringify({ identities }));
	return ["--overlay", overlay, "--scenario", scenario];
}

function credentialOf(scheme: SecurityScheme, who: "own" | "other"): string {
	const { key, token, basic } = CREDENTIALS[who];
	if (scheme.kind === "api-key") return key;
	return scheme.kind === "http" && scheme.scheme.toLowerCase() === "basic" ? basic : token;
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { argv, stdout } from "node:process";
import type { Contract, SecurityScheme } from "../../../src/contract/contract.ts";
import { loadContract } from "../../../src/contract/load.ts";
import { createSend } from "../client.ts";
import { createJudges } from "../independent-document.ts";
import { startPeer } from "../start-peer.ts";
import { CREDENTIALS, createAsker } from "./ask.ts";
import { collectionsOf } from "./collection.ts";
import { live } from "./cycle.ts";
import { bad, type Told } from "./result.ts";

/** What the collections of one document did. */
export interface LifeResult {
	readonly name: string;
	readonly failed?: string;
	readonly collections: readonly { readonly path: string; readonly told: Told }[];
}

/** Whatever the document says, everything belongs to the tenant of the caller: the only behaviour that is declared here. */
const TENANTS = { target: "$", update: { "x-holdfast": { partition: { by: "identity" } } } };
const KEY = { type: "apiKey", in: "header", name: "X-Corpus-Key" };

/** Who calls must be known: a document without credentials gets a key. */
function overlayFor({ openapi, securitySchemes }: Contract): object {
	const scheme = openapi.startsWith("2")
		? { securityDefinitions: { corpus: KEY } }
		: { components: { securitySchemes: { corpus: KEY } } };
	const known = { target: "$", update: { ...scheme, security: [{ corpus: [] }] } };
	const actions = securitySchemes.size > 0 ? [TENANTS] : [TENANTS, known];
	return { overlay: "1.0.0", info: { title: "Tenants", version: "1" }, actions };
}

const [name = "", file = ""] = argv.slice(2);
const contract = await loadContract({ spec: file });
const started = await startPeer("holdfast", file);
if ("failed" in started) {
	stdout.write(JSON.stringify({ name, failed: started.failed, collections: [] } satisfies LifeResult));
} else {
	const folder = mkdtempSync(join(tmpdir(), "life-"));
	const overlay = join(folder, "overlay.json");
	writeFileSync(overlay, JSON.stringify(overlayFor(contract)));
	const partedContract = await loadContract({ spec: file, overlays: [overlay] });
	const parted = await startPeer("holdfast", file, partedArguments(partedContract, overlay));
	rmSync(folder, { recursive: true });
	if ("failed" in parted) throw new Error(parted.failed);
	const judges = createJudges(contract);
	const whole = createAsker(contract, judges, createSend(started.url));
	const other = createAsker(partedContract, judges, createSend(parted.url));
	const same = new Map(collectionsOf(partedContract.operations).map((one) => [one.path, one]));
	const collections: { path: string; told: Told }[] = [];
	for (const collection of collectionsOf(contract.operations)) {
		const told = await live(whole, collection, {
			asker: other,
			collection: same.get(collection.path) ?? collection,
		}).catch((error: unknown): Told => ({ create: bad(String(error)) }));
		collections.push({ path: collection.path, told });
	}
	started.stop();
	parted.stop();
	stdout.write(JSON.stringify({ name, collections } satisfies LifeResult));
}
process.exit(0);

/** Two callers of two tenants. */
function partedArguments({ securitySchemes }: Contract, overlay: string): readonly string[] {
	const scenario = join(dirname(overlay), "scenario.json");
	const identities = (["own", "other"] as const).map((who) => ({
		name: who,
		tenant: who,
		credentials: Object.fromEntries(
			[...securitySchemes].flatMap(([scheme, about]) =>
				about.kind === "mutual-tls" ? [] : [[scheme, credentialOf(about, who)]],
			),
		),
	}));
	writeFileSync(scenario, JSON.stringify({ identities }));
	return ["--overlay", overlay, "--scenario", scenario];
}

function credentialOf(scheme: SecurityScheme, who: "own" | "other"): string {
	const { key, token, basic } = CREDENTIALS[who];
	if (scheme.kind === "api-key") return key;
	return scheme.kind === "http" && scheme.scheme.toLowerCase() === "basic" ? basic : token;
}

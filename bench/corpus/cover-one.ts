import { argv, stdout } from "node:process";
import { loadContract } from "../../src/contract/load.ts";
import { createSend } from "./client.ts";
import { type Coverage, cover } from "./cover.ts";
import { startPeer } from "./start-peer.ts";

/** What one document gave; `failed` when it could not be served at all. */
export interface CoverageResult {
	readonly name: string;
	/** Milliseconds until the first answer. */
	readonly startMs: number | undefined;
	readonly failed?: string;
	readonly coverage: Coverage | undefined;
}

const [name = "", file = "", peer = "holdfast", max = "0"] = argv.slice(2);
const contract = await loadContract({ spec: file });
const started = await startPeer(peer, file);
if ("failed" in started) {
	stdout.write(JSON.stringify({ name, startMs: undefined, failed: started.failed, coverage: undefined }));
} else {
	const coverage = await cover(contract, createSend(started.url), Number(max));
	started.stop();
	stdout.write(JSON.stringify({ name, startMs: started.startMs, coverage } satisfies CoverageResult));
}
process.exit(0);

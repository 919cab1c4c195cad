import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startIntegra } from "../../src/reference/integra/start.ts";
import { describeIntegra } from "./conformance.ts";

const adminKey = "admin-key-of-the-suite";
const UNREACHED = { rateLimit: 1_000_000, batchRateLimit: 1_000_000 };

describeIntegra({
	name: "the reference, on SQLite in a file",
	start: async () => {
		const folder = await mkdtemp(join(tmpdir(), "integra-"));
		const running = await startIntegra({ adminKey, ...UNREACHED, databaseFile: join(folder, "integra.db") });
		const close = async (): Promise<void> => {
			await running.close();
			await rm(folder, { recursive: true });
		};
		return { url: running.url, adminKey, close };
	},
});

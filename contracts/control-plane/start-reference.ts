import { startControlPlane } from "../../src/reference/control-plane/start.ts";
import { openSampleDatabase } from "../../src/reference/database/sample-database.ts";
import type { RunningControlPlane } from "./control-plane-client.ts";

const TOKENS = {
	adminToken: "admin-token-of-the-suite",
	viewerToken: "viewer-token-of-the-suite",
	otherTenantToken: "other-token-of-the-suite",
};

/** The reference on PostgreSQL inside the process, with tokens of the suite. */
export async function startReference(): Promise<RunningControlPlane> {
	const database = await openSampleDatabase();
	const running = await startControlPlane({ ...TOKENS, database });
	const close = async (): Promise<void> => {
		await running.close();
		await database.close();
	};
	return { url: running.url, ...TOKENS, close };
}

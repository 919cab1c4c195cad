import { describe } from "vitest";
import { missingPostgres, spawnPostgres } from "../../src/reference/process/spawn-postgres.ts";
import { describeIntry } from "./conformance.ts";
import { startReference } from "./start-reference.ts";

describeIntry({ name: "the reference, on PostgreSQL inside the process", start: () => startReference() });

const missing = missingPostgres();
if (missing !== undefined) console.warn(`skipped: the reference on a PostgreSQL server, because ${missing}`);

describe.skipIf(missing !== undefined)("with a PostgreSQL server", () => {
	describeIntry({
		name: "the reference, on a PostgreSQL server",
		start: async () => {
			const postgres = await spawnPostgres();
			const running = await startReference({ databaseUrl: postgres.url });
			const close = async (): Promise<void> => {
				await running.close();
				await postgres.dispose();
			};
			return { ...running, close };
		},
	});
});

import { expect, test } from "vitest";
import { checkService, linesOf } from "./fixture/check-service.ts";
import { notes } from "./fixture/notes.ts";
import { serve } from "./fixture/serve.ts";

test("lists that page, filter, search and sort as documented agree with it", async () => {
	const run = await checkService("notes.yaml", await serve(notes()));
	expect(linesOf(run)).toEqual([]);
	const decided = run.claims.filter(({ operation, verdict }) => operation.id === "listNotes" && verdict === "agrees");
	expect(decided.length).toBeGreaterThanOrEqual(9);
}, 60_000);

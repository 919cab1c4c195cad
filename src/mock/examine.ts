import { createMediaPlans } from "./answer/media-plan.ts";
import type { Desk } from "./desk.ts";
import type { Seeder } from "./scenario/seed-store.ts";

/** Looks at all that a document shows before anybody asks for it, so that what is wrong with it is known at the start. */
export function examine(desk: Desk, seeder: Seeder): void {
	const planOf = createMediaPlans(desk);
	for (const { responses } of desk.model.contract.operations) {
		for (const { content } of responses) for (const media of content) planOf(media).example();
	}
	seeder.ensureAll();
}

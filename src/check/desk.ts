import type { World } from "../model/judge.ts";
import type { Model } from "../model/model.ts";
import { emptyState, type State } from "../model/state.ts";
import type { Validation } from "../schema/validate.ts";
import type { Draft, Findings } from "./draft.ts";
import type { LeftBehind } from "./left-behind.ts";
import type { Session } from "./session.ts";

/** All that the phases of one run share. */
export interface Desk {
	readonly session: Session;
	/** What the document says, with what was learned of harmless habits and of fields set aside. */
	model: Model;
	readonly validation: Validation;
	readonly findings: Findings;
	readonly seed: number;
	/** In every key that the run chooses. */
	readonly marker: string;
	readonly settleMs: number;
	/** All data of the target may be changed. */
	readonly disposable: boolean;
	/** Operations that take part, by id. */
	readonly operations: ReadonlySet<string>;
	/** Operations that do not, with the reason. */
	readonly skipped: Map<string, string>;
	readonly notes: string[];
	/** A number that was not given out before in this run. */
	readonly serial: () => number;
	/** Why nothing more should be sent: the budget, the listener or the target is gone. */
	readonly stopReason: () => string | undefined;
	/** Resources of which items could not be taken away again. */
	readonly leftBehind: Map<string, LeftBehind>;
	/** List operations that did not settle in time once: they get no second grace. */
	readonly unsettled: Set<string>;
	/** Operations that succeeded at least once: of the others nobody knows what they want. */
	readonly accepted: Set<string>;
	/** Property → texts that the service has shown in it: what it holds it probably takes. */
	readonly seen: Map<string, Set<string>>;
	/** Claims that a phase other than the experiments has decided. */
	readonly decided: Map<string, Decision>;
	/** Claims with a rival of theirs, `<claim> <name>`, that a phase other than the experiments has excluded. */
	readonly toldApart: Set<string>;
}

/** What came out for one claim. */
export interface Decision {
	readonly verdict: "agrees" | "drift" | "undecided";
	readonly reason?: string;
}

/** What is true before the first call of a sequence: nothing of ours is there yet. */
export function startOf({ standing, filled }: Model): State {
	return {
		...emptyState(true),
		...(standing === undefined ? {} : { lent: standing }),
		...(filled === undefined ? {} : { filled }),
	};
}

export function startWorlds(model: Model): readonly World[] {
	return [{ state: startOf(model), bindings: new Map() }];
}

export function report(desk: Desk, drafts: readonly Draft[]): void {
	for (const draft of drafts) desk.findings.add(draft);
}

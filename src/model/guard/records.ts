import { resourceActedOn } from "../effect.ts";
import { lawOf } from "../effect-laws.ts";
import type { GuardCommon, GuardLaw } from "../guard.ts";
import { serialOf } from "../law/item.ts";
import { entryAbout, type Recorded } from "../law/log.ts";
import { type Behaviour, type Model, resourceNamed } from "../model.ts";
import type { Resource } from "../resource.ts";
import { addressOf, type Scene } from "../scene.ts";
import type { Change } from "../state.ts";
import { identify, serverValue, type Value } from "../value.ts";

/** What is done leaves an entry in a log. It refuses nobody. */
export interface Records extends GuardCommon {
	readonly kind: "records";
	readonly log: string;
	/** Refused requests leave one as well. */
	readonly refused: boolean;
	/** What a rival leaves out. */
	readonly omits: "nothing" | "everything" | "refused";
}

export const records: GuardLaw<Records> = {
	kind: "records",
	sentence: ({ log, refused }) => `leaves an entry in ${log}${refused ? ", also when it refuses" : ""}`,
	documented: ({ log }) => `an entry in ${log}`,
	holds: () => "yes",
	keeps: (guard, scene, passed) => (passed || guard.refused ? entryOf(guard, scene, passed) : []),
	rivals: (guard) => [
		{ name: "leaves no entry", guard: { ...guard, omits: "everything" }, rule: "effect" },
		...(guard.refused
			? [{ name: "leaves no entry when it refuses", guard: { ...guard, omits: "refused" }, rule: "effect" } as const]
			: []),
	],
	violate: () => [],
};

/** A log that cannot be found from where the request is aimed is not looked at. */
function entryOf(guard: Records, scene: Scene, passed: boolean): readonly Change[] {
	const resource = resourceNamed(scene.model, guard.log);
	const { parent } = resource;
	if (parent !== undefined && !scene.behaviour.keys.has(parent)) return [];
	if (passed && !guard.refused && isIdle(scene)) return [];
	const { container } = addressOf(scene, guard.log);
	const key = serverValue("unique", `${resource.name}#${serialOf(scene, resource)}`);
	const isOmitted = guard.omits === "everything" || (guard.omits === "refused" && !passed);
	const recorded: Recorded = { about: aboutIn(scene), omitted: isOmitted, operation: scene.behaviour.operation };
	return [
		{ kind: "count", name: `made/${resource.name}`, by: 1 },
		{ kind: "put", container, entry: entryAbout(resource, key, recorded) },
	];
}

/** Whether a call leaves everything as it is: what is changed to what it was need not be recorded. */
function isIdle(scene: Scene): boolean {
	const { effect } = scene.behaviour;
	const meant = effect.answers ?? effect;
	const moves = lawOf(meant)
		.perform(meant, scene)
		.changes.filter(({ kind }) => kind !== "count");
	return moves.length > 0 && moves.every((change) => change.kind === "put" && isThere(scene, change));
}

function isThere({ view }: Scene, { container, entry }: Extract<Change, { kind: "put" }>): boolean {
	const before = view.entry(container, entry.key);
	return before !== undefined && identify(before.value) === identify(entry.value);
}

/** What names the item that a call is about: the one that its path names, or that it makes. */
function aboutIn(scene: Scene): Value | undefined {
	const { effect } = scene.behaviour;
	const meant = effect.answers ?? effect;
	const name = resourceActedOn(meant);
	if (name === undefined) return undefined;
	const named = addressOf(scene, name).key;
	if (named !== undefined) return named;
	const puts = lawOf(meant)
		.perform(meant, scene)
		.changes.filter((change) => change.kind === "put");
	// Where something new is made, that is what it is about, and not what is changed beside it.
	const put = puts.find((change) => scene.view.entry(change.container, change.entry.key) === undefined) ?? puts[0];
	return put !== undefined && resourceNamed(scene.model, name).kind === "collection" ? put.entry.key : undefined;
}

/** The logs that record an operation, as guards of it. */
export function recordsGuards(resources: Model["resources"], { operation, effect }: Behaviour): readonly Records[] {
	return logsOf(resources).flatMap((log): readonly Records[] => {
		const { records: said } = log;
		if (said === undefined || resourceActedOn(effect) === log.name || !covers(said.what, { operation, effect }))
			return [];
		const refused = said.what === "requests";
		const plain = { statuses: [], enforced: true, leaks: "no", evidence: said.evidence } as const;
		return [{ kind: "records", log: log.name, refused, omits: "nothing", ...plain }];
	});
}

/** Few resources record anything, and every operation asks for them. */
const logs = new WeakMap<Model["resources"], readonly Resource[]>();

function logsOf(resources: Model["resources"]): readonly Resource[] {
	const known = logs.get(resources) ?? [...resources.values()].filter(({ records }) => records !== undefined);
	logs.set(resources, known);
	return known;
}

function covers(
	what: "writes" | "requests" | readonly string[],
	{ operation, effect }: Pick<Behaviour, "operation" | "effect">,
): boolean {
	if (what === "requests") return true;
	if (what !== "writes") return what.includes(operation.id);
	return lawOf(effect).writes && lawOf(effect).sends !== true && effect.kind !== "opaque";
}

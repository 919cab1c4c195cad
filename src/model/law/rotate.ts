import type { Common, EffectLaw, EffectRival, Performance } from "../effect.ts";
import { type Behaviour, type Model, resourceNamed } from "../model.ts";
import type { Field, Resource } from "../resource.ts";
import { type Address, addressOf, isAbsent, type Scene, SINGLE } from "../scene.ts";
import type { Change, Entry } from "../state.ts";
import { identify, isServerValue, propertyOf, serverValue, type Value } from "../value.ts";
import { survivingCredentials } from "./credential.ts";
import { serialOf, storeItem } from "./item.ts";
import { withFields } from "./set.ts";
import { answerItem } from "./show-item.ts";

/**
 * Puts something new in the place of what was in use: a new item is made and the former one is demoted, or one item gets
 * a new secret.
 */
export interface Rotate extends Common {
	readonly kind: "rotate";
	readonly resource: string;
	/** The field of the named item that is made anew. Without it a new item is made. */
	readonly secret?: string;
	/** Which field tells the item in use from the former ones, and what it holds. */
	readonly status?: { readonly field: string; readonly new: Value; readonly old: Value };
	readonly does: "rotate" | "nothing" | "keeps-secret" | "resets";
	/** What becomes of the item that was in use. */
	readonly former: "demoted" | "active" | "removed";
	/** What the new item is. */
	readonly made: "active" | "demoted" | "none";
	/** A credential that was in use before still works. */
	readonly keepsCredentials: boolean;
}

export const rotate: EffectLaw<Rotate> = {
	kind: "rotate",
	writes: true,
	actsMin: 3,
	sentence: (effect, model) => sentence(effect, model),
	perform: (effect, scene) =>
		effect.secret === undefined ? rotateItems(effect, scene, true) : renewSecret(effect, scene, effect.secret),
	governs: ({ resource, secret, status }) => ({
		resource,
		owners: {
			...(status === undefined ? {} : { [status.field]: "stable" as const }),
			...(secret === undefined ? {} : { [secret]: "unique" as const }),
		},
		made: status === undefined ? {} : { [status.field]: status.old },
	}),
	// What becomes of those that were demoted before, nothing says: a grace may have ended.
	alternatives: (effect, scene) =>
		effect.secret === undefined && formerOf(effect, scene).some((entry) => isDemoted(effect, entry))
			? [rotateItems(effect, scene, false)]
			: [],
	isUnsure: (effect, scene) => effect.secret !== undefined && isAbsent(scene, effect.resource),
	rivals: (effect, behaviour, model) =>
		effect.secret === undefined ? itemRivals(effect, model) : secretRivals(effect, behaviour, model),
};

function sentence({ secret, status, resource: name }: Rotate, model: Model): string {
	if (secret !== undefined) return `gives the item a new ${secret}`;
	const { name: called } = resourceNamed(model, name);
	if (status === undefined) return `makes a new item of ${called} that takes the place of the former`;
	return `makes a new item of ${called} with ${status.field} ${JSON.stringify(status.new)}, and the former one becomes ${JSON.stringify(status.old)}`;
}

function itemRivals(effect: Rotate, model: Model): readonly EffectRival[] {
	const secrets = secretsOf(resourceNamed(model, effect.resource));
	return [
		{ name: "makes no new one", effect: { ...effect, made: "none" } },
		{ name: "removes the former", effect: { ...effect, former: "removed" } },
		...(effect.status === undefined
			? []
			: ([
					{ name: "leaves the former active", effect: { ...effect, former: "active" } },
					{ name: "the new one is not active", effect: { ...effect, made: "demoted", former: "active" } },
				] as const)),
		...(secrets.length === 0
			? []
			: [{ name: "gives the same secret again", effect: { ...effect, does: "keeps-secret" } } as const]),
	];
}

function secretRivals(effect: Rotate, _behaviour: Behaviour, model: Model): readonly EffectRival[] {
	const { fields } = resourceNamed(model, effect.resource);
	const field = fields.get(effect.secret ?? "");
	const others = [...fields.values()].filter(({ written, name }) => written && name !== effect.secret);
	return [
		{ name: "gives the same secret again", effect: { ...effect, does: "keeps-secret" } },
		...(others.length === 0 ? [] : [{ name: "resets the rest", effect: { ...effect, does: "resets" } } as const]),
		...(field?.credential === undefined
			? []
			: ([
					{ name: "leaves the former credential working", effect: { ...effect, keepsCredentials: true } },
					{ name: "ignore", effect: { ...effect, does: "nothing" } },
				] as const)),
	];
}

/** What an item holds that must be another in the next. */
function secretsOf(resource: Resource): readonly Field[] {
	return [...resource.fields.values()].filter(
		({ name, owner, reveal, credential }) =>
			owner === "unique" && name !== resource.key?.property && (reveal !== undefined || credential !== undefined),
	);
}

function renewSecret(effect: Rotate, scene: Scene, secret: string): Performance {
	const at = addressOf(scene, effect.resource);
	const { container, resource, key = SINGLE } = at;
	const entry = scene.view.entry(container, key);
	if (entry === undefined) return { changes: [], shows: answerItem(scene.behaviour, resource, { value: null }) };
	const before = propertyOf(entry.value, secret);
	const renewed = newSecret(scene, { resource, name: secret, before });
	const keeps = effect.does === "keeps-secret";
	const kept = effect.does === "resets" ? storeItem(scene, { ...at, key }, "overwrite").entry : entry;
	const after = keeps ? entry : withFields(kept, { [secret]: renewed });
	const changes: readonly Change[] = effect.does === "nothing" ? [] : [{ kind: "put", container, entry: after }];
	return {
		changes: [...changes, ...(effect.keepsCredentials ? survivingCredentials(at, entry) : []), written(resource)],
		shows: answerItem(scene.behaviour, resource, { value: after.value, reveals: true }),
	};
}

/** The next secret has a name of its own. */
function written({ name }: Resource): Change {
	return { kind: "count", name: `made/${name}`, by: 1 };
}

function newSecret(
	scene: Scene,
	{ resource, name, before }: { resource: Resource; name: string; before: Value | undefined },
): Value {
	return serverValue("unique", `${resource.name}#${serialOf(scene, resource)}.${name}`, before);
}

/** The items that stood there before, those in use and those that were. */
function formerOf(effect: Rotate, scene: Scene): readonly Entry[] {
	return scene.view.entries(addressOf(scene, effect.resource).container);
}

function isDemoted({ status }: Rotate, { value }: Entry): boolean {
	return status !== undefined && identify(propertyOf(value, status.field)) === identify(status.old);
}

/** @param keepsDemoted whether those that were demoted before stay */
function rotateItems(effect: Rotate, scene: Scene, keepsDemoted: boolean): Performance {
	const at = addressOf(scene, effect.resource);
	const { resource, container } = at;
	const before = scene.view.entries(container);
	const active = before.filter((entry) => !isDemoted(effect, entry));
	const gone = keepsDemoted ? [] : before.filter((entry) => isDemoted(effect, entry));
	const key = serverValue("unique", `${resource.name}#${serialOf(scene, resource)}`);
	const stored = storeItem(scene, { ...at, key }, "overwrite");
	const entry = withFields(stored.entry, madeFields(effect, scene, { at, former: active.at(-1) }));
	const counted = stored.changes.filter(({ kind }) => kind === "count");
	return {
		changes: [
			...active.flatMap((one) => demote(effect, container, one)),
			...gone.map((one) => removal(container, one)),
			...counted,
			...(effect.made === "none" ? [] : [{ kind: "put", container, entry } as const]),
		],
		shows: answerItem(scene.behaviour, resource, { value: entry.value, reveals: true }),
	};
}

function removal(container: string, { key }: Entry): Change {
	return { kind: "delete", container, key, cascade: true };
}

function demote({ former, status }: Rotate, container: string, entry: Entry): readonly Change[] {
	if (former === "removed") return [removal(container, entry)];
	if (former === "active" || status === undefined) return [];
	return [{ kind: "put", container, entry: withFields(entry, { [status.field]: status.old }) }];
}

/** What the new item holds that no other may: its standing, and secrets unlike those of the one before. */
function madeFields(
	{ status, made, does }: Rotate,
	scene: Scene,
	{ at: { resource }, former }: { at: Address; former: Entry | undefined },
): Readonly<Record<string, Value>> {
	const standing = status === undefined ? {} : { [status.field]: made === "demoted" ? status.old : status.new };
	const secrets = secretsOf(resource).flatMap(({ name }): [string, Value][] => {
		const before = propertyOf(former?.value, name);
		if (does === "keeps-secret") return before === undefined || !isServerValue(before) ? [] : [[name, before]];
		return [[name, newSecret(scene, { resource, name, before })]];
	});
	return { ...standing, ...Object.fromEntries(secrets) };
}

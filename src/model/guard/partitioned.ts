import type { Call } from "../call.ts";
import { lawOf } from "../effect-laws.ts";
import type { GuardCommon, GuardLaw } from "../guard.ts";
import { callerIn } from "../identity.ts";
import type { Behaviour } from "../model.ts";
import { documentedParts, headerName, type Partition } from "../partition.ts";
import type { Scene } from "../scene.ts";

/** A call reaches only what stands in its own part: its tenant's, or that which a header names. It refuses nobody. */
export interface Partitioned extends GuardCommon {
	readonly kind: "partition";
	/** The resource at the top that has parts. */
	readonly resource: string;
	readonly partition: Partition;
	/** `all` in a rival that does not look at whose an item is. */
	readonly reaches: "own" | "all";
}

export const partitioned: GuardLaw<Partitioned> = {
	kind: "partition",
	sentence: (guard) => `reaches only ${ownWords(guard)}`,
	documented: (guard) => `only ${ownWords(guard)}`,
	holds: () => "yes",
	// What is only added to reaches nothing that belongs to anybody.
	isClaim: (guard, behaviour) => reaches(guard, behaviour),
	rivals: (guard, behaviour) => {
		const { effect } = behaviour;
		if (!reaches(guard, behaviour)) return [];
		const verb = effect.kind === "remove" ? "removes" : lawOf(effect).writes ? "changes" : "shows";
		return [{ name: `${verb} what belongs to others`, guard: { ...guard, reaches: "all" }, rule: "tenant-leak" }];
	},
	violate: (guard, scene) =>
		guard.partition.by === "identity" ? asOthers(scene) : inOtherParts(scene, guard.partition.name),
};

/** Whether a call names or lists what may belong to others. */
function reaches({ resource }: Partitioned, { effect, keys }: Behaviour): boolean {
	return keys.has(resource) || (effect.kind === "list" && effect.resource === resource);
}

function ownWords({ partition }: Partitioned): string {
	return partition.by === "identity"
		? "what belongs to the tenant of the caller"
		: `what belongs to the ${partition.name} of the request`;
}

/** The same call by somebody of another tenant who has credentials of the same schemes. */
function asOthers({ model, call, view, behaviour }: Scene): readonly Call[] {
	const own = callerIn({ model, call, view, behaviour })?.tenant;
	const schemes = Object.keys(call.credentials);
	const others = model.identities.filter(
		(one) => one.tenant !== own && one.expired !== true && schemes.every((scheme) => one.schemes.includes(scheme)),
	);
	const distinct = new Map(others.map((one) => [one.tenant, one]));
	if (own === undefined || schemes.length === 0) return [];
	return [...distinct.values()].map(({ name: as }): Call => {
		const credentials = schemes.map((scheme) => [scheme, { kind: "right", as }] as const);
		return { ...call, credentials: Object.fromEntries(credentials) };
	});
}

const PARTS_MAX = 2;

function inOtherParts({ model, call, behaviour }: Scene, header: string): readonly Call[] {
	const name = headerName(behaviour, header);
	if (name === undefined) return [];
	return documentedParts(model, header)
		.filter((value) => String(value) !== String(call.header[name]))
		.slice(0, PARTS_MAX)
		.map((value) => ({ ...call, header: { ...call.header, [name]: value } }));
}

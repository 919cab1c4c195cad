import { properties, typesOf } from "../../schema/navigate.ts";
import type { Call, Flaw } from "../call.ts";
import { lawOf } from "../effect-laws.ts";
import { type GuardCommon, type GuardLaw, type GuardRival, leakRivals, refusalWords, statusWords } from "../guard.ts";
import { bodySchema } from "../infer/shown.ts";
import type { Behaviour, Model } from "../model.ts";

/** The input keeps the documented rules: parameters, body, media type. */
export interface Valid extends GuardCommon {
	readonly kind: "valid";
	/** In a rival that leaks: only when this member of the body is what is wrong. */
	readonly leaksAt?: string;
	/** A header whose absence a rival takes for one of its values. */
	readonly fallsBack?: string;
}

export const valid: GuardLaw<Valid> = {
	kind: "valid",
	isLocal: () => true,
	sentence: (guard) => `${refusalWords(guard.statuses)} when the input breaks the documented rules`,
	documented: (guard) => `${statusWords(guard.statuses)} when the input is invalid`,
	holds: (guard, { call }) => (!guard.enforced || flawsFor(guard, call).length === 0 ? "yes" : "no"),
	rivals: (guard, behaviour, model) => {
		const fallingBack = partingHeaders(behaviour, model).map(
			(fallsBack): GuardRival => ({
				name: `without ${fallsBack} it takes one of its values`,
				guard: { ...guard, fallsBack },
				rule: "tenant-leak",
			}),
		);
		if (!lawOf(behaviour.effect).writes) return fallingBack;
		// Services look at one member after another, so each can be the one at which it is too late to refuse.
		const members = membersOf(behaviour);
		const partly = members.length === 0 ? [guard] : members.map((leaksAt): Valid => ({ ...guard, leaksAt }));
		return [...fallingBack, ...leakRivals(guard, ["all"]), ...partly.flatMap((one) => leakRivals(one, ["valid-part"]))];
	},
	violate: (_guard, scene) => [
		...(scene.planning?.flawed(scene.call) ?? []),
		...partingHeaders(scene.behaviour, scene.model).map((name) => withoutHeader(scene.call, name)),
	],
};

function flawsFor({ fallsBack }: Valid, { flaws }: Call): readonly Flaw[] {
	if (fallsBack === undefined) return flaws;
	return flaws.filter(({ in: place, at }) => place !== "header" || at.toLowerCase() !== fallsBack.toLowerCase());
}

/** Required headers that say which part of a resource is meant. */
function partingHeaders({ operation }: Behaviour, { resources }: Model): readonly string[] {
	const required = operation.parameters.filter(({ in: place, required }) => place === "header" && required);
	// Most operations have none, and a large document has many resources to look through.
	if (required.length === 0) return [];
	const headers = [...resources.values()].flatMap(({ partition }) =>
		partition?.by === "header" ? [partition.name.toLowerCase()] : [],
	);
	return required.filter(({ name }) => headers.includes(name.toLowerCase())).map(({ name }) => name);
}

function withoutHeader(call: Call, name: string): Call {
	const { [name]: _left, ...header } = call.header;
	return { ...call, header, flaws: [{ in: "header", at: name, keyword: "required", message: "is required" }] };
}

const MEMBERS_MAX = 6;

function membersOf({ operation }: Behaviour): readonly string[] {
	const schema = bodySchema(operation);
	if (schema === undefined || typesOf(schema).includes("array")) return [];
	return properties(schema)
		.filter(({ readOnly }) => !readOnly)
		.slice(0, MEMBERS_MAX)
		.map(({ name }) => name);
}

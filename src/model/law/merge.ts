import type { Operation } from "../../contract/contract.ts";
import { child, properties, resolve, typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Common, EffectLaw, EffectRival, Performance } from "../effect.ts";
import { bodySchema } from "../infer/shown.ts";
import { resourceNamed } from "../model.ts";
import type { Resource } from "../resource.ts";
import { addressOf, isAbsent, type Scene, SINGLE } from "../scene.ts";
import { hasObjects, type ItemWrite, storeItem } from "./item.ts";
import { answerItem } from "./show-item.ts";

/** What was sent is changed, what was not sent stays. */
export interface Merge extends Common {
	readonly kind: "merge";
	readonly resource: string;
	readonly does: ItemWrite;
	/** Where nothing says what becomes of what is not sent: what else may be done. */
	readonly orElse?: readonly ItemWrite[];
}

export const merge: EffectLaw<Merge> = {
	kind: "merge",
	writes: true,
	isLocal: () => true,
	sentence: (effect, model) => {
		const what = resourceNamed(model, effect.resource).kind === "singleton" ? "value" : "item";
		const rest = effect.orElse?.includes("overwrite") === true ? "" : " and leaves the rest";
		return `changes what is sent of the ${what}${rest}`;
	},
	documented: ({ does }) => (does === "deep-merge" ? "deep merge" : "merge"),
	takesNull: ({ does, orElse }) => does === "deep-merge" && orElse === undefined,
	mergesInside: ({ does }) => does === "deep-merge",
	perform: write,
	meant: (effect) => ({ ...effect, does: "merge" }),
	alternatives: (effect, scene) => (effect.orElse ?? []).map((does) => write({ ...effect, does }, scene)),
	isUnsure: (effect, scene) => isAbsent(scene, effect.resource),
	rivals: (effect, { operation }, model) => {
		const resource = resourceNamed(model, effect.resource);
		const isNested = hasObjects(resource);
		const { orElse = [], ...sure } = effect;
		const ways: readonly (readonly [name: string, does: ItemWrite])[] = [
			["replace", "overwrite"],
			...(leavesRequired(resource, operation) ? ([["reset", "reset"]] as const) : []),
			...(isNested
				? ([
						["merge", effect.does === "deep-merge" ? "shallow" : "merge"],
						["deep merge", "deep-merge"],
					] as const)
				: []),
			...(effect.does === "deep-merge" && effect.orElse === undefined && carriesNull(operation)
				? ([["null takes nothing away", "without-null"]] as const)
				: []),
			["ignore", "ignore"],
		];
		return ways
			.filter(([, does]) => does !== effect.does && !orElse.includes(does === "reset" ? "overwrite" : does))
			.map(
				([name, does]): EffectRival => ({
					name,
					...(does === "reset" ? { means: "resets what is not sent, but for what must be there" } : {}),
					effect: { ...sure, does },
				}),
			);
	},
};

/** Whether a body may leave out what an item must have, which is kept, and something else, which is reset. */
function leavesRequired({ fields }: Resource, operation: Operation): boolean {
	const schema = bodySchema(operation);
	const optional = schema === undefined ? [] : properties(schema).filter(({ required }) => !required);
	const isNeeded = optional.map(({ name }) => fields.get(name)?.required);
	return isNeeded.includes(true) && isNeeded.includes(false);
}

/** Whether a field, or a member of one, may be sent as null. */
function carriesNull(operation: Operation): boolean {
	const schema = bodySchema(operation);
	return (
		schema !== undefined && properties(schema).some((one) => admitsNull(one.schema) || membersAdmitNull(one.schema))
	);
}

function admitsNull(schema: Schema): boolean {
	return typesOf(schema).includes("null");
}

/** Whether an object whose members have no fixed names takes null for one of them. */
export function membersAdmitNull(schema: Schema): boolean {
	const rest = child(resolve(schema), "additionalProperties");
	return rest !== undefined && admitsNull(rest);
}

function write(effect: Merge, scene: Scene): Performance {
	const address = addressOf(scene, effect.resource);
	const { entry, changes } = storeItem(scene, { ...address, key: address.key ?? SINGLE }, effect.does);
	return { changes, shows: answerItem(scene.behaviour, address.resource, { value: entry.value }) };
}

import type { Json } from "../../http/exchange.ts";
import { generate } from "../../schema/generate.ts";
import { createRandom } from "../../schema/generation/random.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Validation } from "../../schema/validate.ts";
import { traitsOf } from "../schema-traits.ts";

/** Gives values that never repeat: ids and secrets. */
export interface Issuer {
	/**
	 * A value of its own for a label; undefined when the schema admits none.
	 *
	 * @param isTaken tells values that somebody else has
	 */
	issue(schema: Schema, label: string, isTaken?: (value: Json) => boolean): Json | undefined;
	/** How far the numbers have come; `restore` goes on from there. */
	save(): IssuedNumbers;
	restore(saved: IssuedNumbers): void;
}

export type IssuedNumbers = ReadonlyMap<Schema, number>;

/** A small enumeration of ids is soon used up; then they repeat. */
const ATTEMPTS_MAX = 50;

/**
 * Numbers count up, texts without rules of their own are UUIDs, all else is generated. The same seed gives the same
 * values for the same labels in the same order.
 */
export function createIssuer(seed: number, validation: Validation): Issuer {
	let next = new Map<Schema, number>();
	const isValid = (schema: Schema, value: Json): boolean => validation.validate(schema, value, "response").length === 0;
	/** One UUID is as long as another and has the same characters: what admits one admits all. */
	const admitsUuids = new WeakMap<Schema, boolean>();
	const make = (schema: Schema, label: string): Json | undefined => {
		if (kindOf(schema) !== "text") return generated(schema, label);
		const uuid = createUuid(label);
		const isKnown = admitsUuids.get(schema);
		const isFine = isKnown ?? isValid(schema, uuid);
		if (isKnown === undefined && traitsOf(schema).isSized) admitsUuids.set(schema, isFine);
		return isFine ? uuid : generated(schema, label);
	};
	return {
		issue: (schema, label, isTaken = () => false) => {
			const number = kindOf(schema) === "integer" ? count(schema, next, isTaken) : undefined;
			if (number !== undefined && isValid(schema, number)) return number;
			let value = make(schema, `${seed} ${label}`);
			for (let attempt = 1; value !== undefined && isTaken(value) && attempt < ATTEMPTS_MAX; attempt++) {
				value = make(schema, `${seed} ${label} ${attempt}`);
			}
			return value;
		},
		save: () => new Map(next),
		restore: (saved) => {
			next = new Map(saved);
		},
	};
}

/** A whole number, a text without a rule but perhaps that of being a UUID, or something with rules of its own. */
function kindOf(schema: Schema): "integer" | "text" | "other" {
	const { types, isNumber, isText, isRuled, format } = traitsOf(schema);
	const others = types.filter((type) => type !== "null");
	if (others.length !== 1) return "other";
	if (isNumber) return "integer";
	return isText && !isRuled && (format === undefined || format === "uuid") ? "text" : "other";
}

function count(schema: Schema, next: Map<Schema, number>, isTaken: (value: Json) => boolean): number {
	let number = next.get(schema) ?? Math.max(1, Math.ceil(traitsOf(schema).minimum ?? 1));
	while (isTaken(number)) number++;
	next.set(schema, number + 1);
	return number;
}

function generated(schema: Schema, seed: string): Json | undefined {
	const made = generate(schema, { seed, direction: "response" });
	return made.ok ? (made.value as Json) : undefined;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** A UUID of version 4 (RFC 9562, section 5.4) that depends on nothing but its label. */
function createUuid(label: string): string {
	const random = createRandom(label);
	let hex = "";
	for (let word = 0; word < 4; word++) {
		const bits = random.integer(0, 0xffff_ffff);
		hex += `${HEX[bits >>> 24]}${HEX[(bits >>> 16) & 255]}${HEX[(bits >>> 8) & 255]}${HEX[bits & 255]}`;
	}
	const variant = "89ab"[random.integer(0, 3)];
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

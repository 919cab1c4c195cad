import { annotation, items, properties, resolve } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import { plainTypes } from "./shown.ts";

const DEPTH_MAX = 4;

/**
 * Whether what one schema admits may have to look otherwise to be admitted by another: a member or a listed value of the
 * first is not named by the second, or a limit of the second is closer. Which of the two an answer keeps to then, the document does not say.
 *
 * @example isShownOtherwise(sentCard, shownCard) // true: `security_code` is sent, and no answer names it
 */
export function isShownOtherwise(sent: Schema, shown: Schema, depth = 0): boolean {
	const [one, other] = [resolve(sent) ?? sent, resolve(shown) ?? shown];
	if (depth > DEPTH_MAX || one.node === other.node) return false;
	const [types, kinds] = [plainTypes(one), plainTypes(other)];
	if (kinds.length > 0 && types.some((type) => !kinds.includes(type))) return true;
	if (isNarrower(other, one)) return true;
	const [listed, admitted] = [annotation(one, "enum"), annotation(other, "enum")];
	if (Array.isArray(listed) && Array.isArray(admitted) && listed.some((value) => !admitted.includes(value)))
		return true;
	const [inOne, inOther] = [items(one), items(other)];
	if (inOne !== undefined && inOther !== undefined) return isShownOtherwise(inOne, inOther, depth + 1);
	const names = new Map(properties(other).map((property) => [property.name, property.schema]));
	if (names.size === 0) return false;
	return properties(one).some(({ name, schema, readOnly }) => {
		const known = names.get(name);
		return readOnly !== true && (known === undefined || isShownOtherwise(schema, known, depth + 1));
	});
}

const LEAST: readonly string[] = ["minLength", "minimum", "exclusiveMinimum", "minItems"];
const MOST: readonly string[] = ["maxLength", "maximum", "exclusiveMaximum", "maxItems"];

/** Whether one schema refuses what another admits: by a limit, a pattern or a format that the other does not have. */
function isNarrower(one: Schema, other: Schema): boolean {
	const differs = (keyword: string, isWithin: (own: number, others: number) => boolean): boolean => {
		const [own, others] = [annotation(one, keyword), annotation(other, keyword)];
		return typeof own === "number" && !(typeof others === "number" && isWithin(own, others));
	};
	const isText = plainTypes(one).includes("string");
	const rules = isText ? ["pattern", "format"] : [];
	return (
		LEAST.some((keyword) => differs(keyword, (own, others) => own <= others)) ||
		MOST.some((keyword) => differs(keyword, (own, others) => own >= others)) ||
		rules.some(
			(keyword) => annotation(one, keyword) !== undefined && annotation(one, keyword) !== annotation(other, keyword),
		)
	);
}

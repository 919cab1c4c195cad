import { annotation, items, properties, resolve } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import { plainTypes } from "./shown.ts";

const DEPTH_MAX = 4;

/**
 * Whether what one schema admits may have to look otherwise to be admitted by another: a member or a listed value of the
 * first is not named by the second. Which of the two an answer keeps to then, the document does not say.
 *
 * @example isShownOtherwise(sentCard, shownCard) // true: `security_code` is sent, and no answer names it
 */
export function isShownOtherwise(sent: Schema, shown: Schema, depth = 0): boolean {
	const [one, other] = [resolve(sent) ?? sent, resolve(shown) ?? shown];
	if (depth > DEPTH_MAX || one.node === other.node) return false;
	const [types, kinds] = [plainTypes(one), plainTypes(other)];
	if (kinds.length > 0 && types.some((type) => !kinds.includes(type))) return true;
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

import type { Value } from "../../model/value.ts";
import { annotation, enumeration, typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import type { ValueSource } from "./value-source.ts";

/**
 * Values of one field that tell careless comparisons from careful ones: texts that begin with one another or differ in
 * case only, numbers that stand otherwise as texts, days that follow one another. The first is there more than once.
 */
export function valuesFor(schema: Schema, name: string, source: ValueSource): readonly Value[] {
	const members = enumeration(schema);
	if (members !== undefined) return (members as readonly Value[]).filter((value) => value !== null);
	const types = typesOf(schema);
	const format = annotation(schema, "format");
	const isFit = (value: Value): boolean => source.admits(schema, value);
	if (types.includes("boolean")) return [true, false];
	if (types.includes("integer") || types.includes("number")) return numbers(schema).filter(isFit);
	if (!types.includes("string")) return [];
	if (format === "date" || format === "date-time") return (format === "date" ? DAYS : TIMES).filter(isFit);
	if (format !== undefined) return [];
	const [first, other, ...alike] = source.words(schema, name);
	return first === undefined ? [] : [first, first, ...alike, ...(other === undefined ? [] : [other]), first];
}

const DAYS: readonly Value[] = ["2021-03-04", "2021-03-05", "2021-03-04", "2021-03-06", "2021-11-05"];
const TIMES: readonly Value[] = DAYS.map((day) => `${String(day)}T10:00:00Z`);

/** As texts they stand otherwise than as numbers. */
function numbers(schema: Schema): readonly Value[] {
	const least = annotation(schema, "minimum");
	const far = typeof least === "number" && least > 9 ? [least, least + 1, least + 2] : [];
	return [9, 100, 10, 9, 20, ...far];
}

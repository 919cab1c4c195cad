import { isObject, type Value } from "../../model/value.ts";
import { properties, typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";

/**
 * Bodies that tell a change inside an object from one that puts the object in its place: yes and no are too few for one
 * change to tell, but what is left out twice cannot both times be what it was at first, once yes and once no.
 *
 * @param least what every body must hold
 */
export function innerBodies(schema: Schema, least: Value | undefined): readonly Value[] {
	const around = isObject(least) ? least : {};
	return properties(schema).flatMap(({ name, schema: field }): readonly Value[] => {
		const switches = properties(field).filter((one) => typesOf(one.schema).join() === "boolean");
		const [sent, left] = [switches.find(({ required }) => required) ?? switches[0], switches.at(-1)];
		const isTold = sent !== undefined && left !== undefined && sent !== left && !left.required;
		const others = properties(field).some((one) => one.required && one !== sent);
		if (!isTold || others) return [];
		return [true, false].flatMap((value) => [
			{ ...around, [name]: { [sent.name]: value, [left.name]: value } },
			{ ...around, [name]: { [sent.name]: !value } },
		]);
	});
}

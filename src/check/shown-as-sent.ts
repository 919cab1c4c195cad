import type { Behaviour } from "../model/model.ts";
import type { Field } from "../model/resource.ts";
import { shownSchema } from "../model/shown-schema.ts";
import { isObject } from "../model/value.ts";
import { properties } from "../schema/navigate.ts";
import type { Desk } from "./desk.ts";
import type { Sample } from "./echo-sample.ts";

/** Of a field that answers may show otherwise than it is sent: the samples whose value an answer can show as it is. */
export function shownAsSent(
	{ validation }: Desk,
	reader: Behaviour,
	samples: readonly Sample[],
): (field: Field) => readonly Sample[] {
	const schema = shownSchema(reader);
	const shown = new Map(schema === undefined ? [] : properties(schema).map((one) => [one.name, one.schema]));
	return ({ name, compared }) => {
		const shownAs = shown.get(name);
		if (compared || shownAs === undefined) return samples;
		return samples.filter(({ written: { [name]: sent } }) => {
			// Of an object members may be left out that were sent, and nothing says so.
			if (isObject(sent ?? null)) return false;
			return sent === undefined || validation.validate(shownAs, sent, "response").length === 0;
		});
	};
}

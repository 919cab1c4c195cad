import { resourceActedOn } from "../model/effect.ts";
import { bodySchema, oneIn, successSchema } from "../model/infer/shown.ts";
import type { Behaviour } from "../model/model.ts";
import { resolve } from "../schema/navigate.ts";
import type { Schema } from "../schema/schema.ts";

/** Whether an operation takes what another shows by the very same schema, which says nothing of who decides a field. */
export function sharesSchema(writer: Behaviour, reader: Behaviour): boolean {
	const sent = bodySchema(writer.operation);
	const shown = successSchema(reader.operation);
	if (sent === undefined || shown === undefined) return false;
	const resource = resourceActedOn(reader.effect) ?? "";
	const [one, other] = [sent, shown].map((schema) => resolve(oneIn(schema, resource)?.schema ?? schema));
	return one !== undefined && other !== undefined && placeOf(one) === placeOf(other);
}

function placeOf({ source }: Schema): string {
	return `${source.file}${source.pointer}`;
}

import type { Json } from "../../http/exchange.ts";
import type { Schema } from "../../schema/schema.ts";
import { traitsOf } from "../schema-traits.ts";

const VERBS =
	"created|updated|modified|changed|inserted|registered|issued|added|edited|joined|posted|sent|occurred|logged|recorded|received|opened|submitted";
const MOMENT = new RegExp(
	`^(?:date_?)?(?:${VERBS})(?:_?(?:at|on|time|date|timestamp))?$|^(?:creation|modification|last_?(?:update|updated|modified|change|changed))(?:_?(?:at|on|time|date))?$|^timestamp$|^at$`,
	"i",
);
const RENEWED = /updat|modif|chang|edited/i;

/** Whether a field is named like the time of a change that is made now. */
export function isMoment(name: string): boolean {
	return MOMENT.test(name);
}

/** Whether every change renews it, and not only the first. */
export function isRenewed(name: string): boolean {
	return MOMENT.test(name) && RENEWED.test(name);
}

/**
 * Now, as a schema writes times: the candidates, the likeliest first. Empty when it writes none.
 *
 * @param nowMs milliseconds since 1970
 * @example momentsFor(schemaFrom({ type: "string", format: "date-time" }), 0)[0] // "1970-01-01T00:00:00.000Z"
 */
export function momentsFor(schema: Schema, nowMs: number): readonly Json[] {
	const { isText, isNumber, format } = traitsOf(schema);
	if (!isText) return isNumber ? [Math.floor(nowMs / 1000), nowMs] : [];
	if (format !== "date-time" && format !== "date") return [];
	const text = new Date(nowMs).toISOString();
	return format === "date" ? [text.slice(0, 10)] : [text, text.replace(/\.\d+/, "")];
}

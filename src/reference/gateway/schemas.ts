import type { Faults } from "../fault/fault.ts";
import { EVENT_NAMES } from "./app-config.ts";
import type { GatewayFault } from "./faults.ts";

/** JSON Schemas of what callers send, as Fastify takes them. */
export interface Schemas {
	readonly upsertParams: Schema;
	readonly appParams: Schema;
	readonly cidParams: Schema;
	readonly appConfig: Schema;
	readonly cids: Schema;
	readonly dial: Schema;
}

type Schema = Readonly<Record<string, unknown>>;

const APP_ID = /^[a-zA-Z0-9_-]{1,64}$/;

export function isAppId(text: unknown): text is string {
	return typeof text === "string" && APP_ID.test(text);
}

/** An Israeli number in domestic format without the leading zero: 8 digits for a landline, 9 for a mobile. */
const NUMBER = /^[2-9][0-9]{7,8}$/;
const DOMESTIC_NUMBER: Schema = { type: "string", pattern: NUMBER.source };

export function isNumber(text: unknown): text is string {
	return typeof text === "string" && NUMBER.test(text);
}

/** The schemas; a fault moves one bound. */
export function createSchemas(faults: Faults<GatewayFault>): Schemas {
	const appId = { type: "string", pattern: "^[a-zA-Z0-9_-]+$", maxLength: 64 };
	return {
		upsertParams: object({ app_id: { ...appId, maxLength: appIdLengthMax(faults) } }),
		appParams: object({ app_id: appId }),
		cidParams: object({ app_id: appId, number: DOMESTIC_NUMBER }),
		appConfig: appConfig(faults),
		cids: { type: "array", maxItems: 1000, uniqueItems: true, items: DOMESTIC_NUMBER },
		dial: { ...object({ from: DOMESTIC_NUMBER, to: DOMESTIC_NUMBER }), required: ["from", "to"] },
	};
}

function appConfig(faults: Faults<GatewayFault>): Schema {
	const eventNames = faults.has("unknown-event-accepted") ? { type: "string" } : { enum: EVENT_NAMES };
	const properties = {
		webhook_url: { type: "string" },
		api_key: {
			type: "string",
			pattern: "^[!-~]+$",
			minLength: faults.has("shortest-key-refused") ? 17 : 16,
			maxLength: 256,
		},
		rate_limit: { type: "integer", minimum: faults.has("negative-rate-limit-accepted") ? -10_000 : 0, maximum: 10_000 },
		events: { type: "array", uniqueItems: true, items: eventNames },
	};
	return { ...object(properties), additionalProperties: faults.has("unknown-field-accepted") };
}

function appIdLengthMax(faults: Faults<GatewayFault>): number {
	if (faults.has("longest-app-id-refused")) return 63;
	return faults.has("too-long-app-id-accepted") ? 128 : 64;
}

function object(properties: Schema): Schema {
	return { type: "object", properties, additionalProperties: false };
}

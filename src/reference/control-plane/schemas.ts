import type { Faults } from "../fault/fault.ts";
import { EVENT_TYPES } from "./actions.ts";
import type { ControlPlaneFault } from "./faults.ts";

type Schema = Readonly<Record<string, unknown>>;

/** JSON Schemas of what callers send, as Fastify takes them. */
export interface Schemas {
	readonly project: Schema;
	readonly projectPatch: Schema;
	readonly apiKey: Schema;
	readonly userPatch: Schema;
	readonly organization: Schema;
	readonly organizationPatch: Schema;
	readonly member: Schema;
	readonly memberPatch: Schema;
	readonly invitation: Schema;
	readonly acceptance: Schema;
	readonly webhook: Schema;
}

/** One line of text: no control characters, no halves of characters. */
const LINE = String.raw`^[^\p{Cc}\p{Cs}]+$`;
const ORIGIN = "^https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?$";
const REDIRECT = "^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?$";

const NAME: Schema = { type: "string", minLength: 1, maxLength: 100, pattern: LINE };
const EMAIL: Schema = { type: "string", maxLength: 254, format: "email" };
const SLUG: Schema = { type: "string", maxLength: 50, pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" };
const ROLE: Schema = { enum: ["owner", "admin", "member"] };
const ID: Schema = { type: "string", minLength: 1, maxLength: 100, pattern: LINE };

/** The schemas; a fault moves one bound. */
export function createSchemas(faults: Faults<ControlPlaneFault>): Schemas {
	const settings = object({
		session_minutes: { type: "integer", minimum: 5, maximum: faults.has("long-sessions-refused") ? 43_199 : 43_200 },
		sign_up: { type: "boolean" },
		mfa: { enum: ["off", "optional", "required"] },
	});
	const project = {
		name: faults.has("long-names-accepted") ? { ...NAME, maxLength: 1000 } : NAME,
		settings,
		origins: listOf({ type: "string", maxLength: 253, pattern: ORIGIN }),
		redirects: listOf({ type: "string", maxLength: 2048, pattern: REDIRECT }),
	};
	const organization = { name: NAME, slug: SLUG };
	return {
		project: object(project, ["name"]),
		projectPatch: object(project),
		apiKey: object({ name: NAME }, ["name"]),
		userPatch: object({ status: { enum: ["active", "suspended"] }, metadata: metadata(["null"]) }),
		organization: object({ ...organization, metadata: metadata([]) }, ["name", "slug"]),
		organizationPatch: object({ ...organization, metadata: metadata(["null"]) }),
		member: object({ user_id: ID, role: ROLE }, ["user_id"]),
		memberPatch: object({ role: ROLE }, ["role"]),
		invitation: object({ email: EMAIL, role: ROLE, expires_in_days: { type: "integer", minimum: 1, maximum: 30 } }, [
			"email",
		]),
		acceptance: object({ token: ID, name: NAME }, ["token", "name"]),
		webhook: object(
			{
				url: { type: "string", maxLength: 2048 },
				events: { type: "array", minItems: 1, uniqueItems: true, items: { enum: EVENT_TYPES } },
			},
			["url", "events"],
		),
	};
}

const LIST_LENGTH_MAX = 20;

function listOf(items: Schema): Schema {
	return { type: "array", maxItems: LIST_LENGTH_MAX, uniqueItems: true, items };
}

function metadata(alsoAllowed: readonly string[]): Schema {
	const text = { type: "string", maxLength: 500, pattern: String.raw`^[^\p{Cc}\p{Cs}]*$` };
	return {
		type: "object",
		maxProperties: 50,
		propertyNames: { pattern: "^[a-z][a-z0-9_]{0,39}$" },
		additionalProperties: { anyOf: [text, { type: ["number", "boolean", ...alsoAllowed] }] },
	};
}

function object(properties: Schema, required: readonly string[] = []): Schema {
	return { type: "object", properties, required, additionalProperties: false };
}

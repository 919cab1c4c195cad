import { SCOPES } from "./scopes.ts";
import { ROLES } from "./store/members.ts";
import { PLANS } from "./store/organizations.ts";
import { USER_STATUSES } from "./store/users.ts";

type Schema = Readonly<Record<string, unknown>>;

/** One line of text: no control characters, no halves of characters. */
const NAME: Schema = { type: "string", minLength: 1, maxLength: 100, pattern: String.raw`^[^\p{Cc}\p{Cs}]+$` };
const EMAIL: Schema = { type: "string", maxLength: 254, format: "email" };

const USER = { email: EMAIL, name: NAME };
const ORGANIZATION = { name: NAME, email: EMAIL, plan: { enum: PLANS } };
const NOTIFICATIONS = { email: { type: "boolean" }, webhook: { type: "boolean" } };

/** Users that one batch makes at most. */
const BATCH_MAX = 100;

/** JSON Schemas of what callers send, as Fastify takes them. */
export const SCHEMAS: Readonly<
	Record<
		| "user"
		| "userPatch"
		| "users"
		| "organization"
		| "organizationPatch"
		| "member"
		| "memberPatch"
		| "apiKey"
		| "configPatch",
		Schema
	>
> = {
	user: object(USER, ["email", "name"]),
	userPatch: object({ ...USER, status: { enum: USER_STATUSES } }),
	users: object(
		{ users: { type: "array", minItems: 1, maxItems: BATCH_MAX, items: object(USER, ["email", "name"]) } },
		["users"],
	),
	organization: object(ORGANIZATION, ["name", "email"]),
	organizationPatch: object(ORGANIZATION),
	member: object({ user_id: idOf("user"), role: { enum: ROLES } }, ["user_id"]),
	memberPatch: object({ role: { enum: ROLES } }, ["role"]),
	apiKey: object(
		{
			organization_id: idOf("org"),
			name: NAME,
			scopes: { type: "array", minItems: 1, uniqueItems: true, items: { enum: SCOPES } },
		},
		["organization_id", "name", "scopes"],
	),
	configPatch: object({
		platform_name: NAME,
		support_email: EMAIL,
		session_minutes: { type: "integer", minimum: 5, maximum: 1440 },
		sign_up: { type: "boolean" },
		notifications: object(NOTIFICATIONS),
	}),
};

function idOf(word: string): Schema {
	return { type: "string", maxLength: 40, pattern: `^${word}_[A-Za-z0-9]+$` };
}

function object(properties: Schema, required: readonly string[] = []): Schema {
	return { type: "object", properties, required, additionalProperties: false };
}

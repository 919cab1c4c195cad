type Schema = Readonly<Record<string, unknown>>;

export type Plural = "tenants" | "properties" | "units" | "users" | "devices" | "calls";

/** One kind of thing that the API lists, makes, shows, changes and deletes. */
export interface Kind {
	readonly plural: Plural;
	readonly singular: string;
	/** In the order in which they are shown, between `id` and the times. */
	readonly fields: Readonly<Record<string, Field>>;
	/** The field that names what a thing belongs to. */
	readonly owner?: { readonly field: string; readonly singular: string };
	/** The field whose value no other thing of the kind has. */
	readonly unique?: string;
	/** By query parameter. */
	readonly filters: Readonly<Record<string, Filter>>;
	/** What a list can be ordered by, beside `created_at`. */
	readonly order: string;
}

export interface Field {
	readonly schema: Schema;
	readonly required?: true;
	/** It is written once. */
	readonly fixed?: true;
	/** What it holds when a request that makes a thing leaves it out. */
	readonly fallback?: string | number | null;
	readonly isTime?: true;
}

export interface Filter {
	readonly field: string;
	readonly compares: "=" | ">=" | "<=";
	readonly schema: Schema;
}

/** One line of text: no control characters, no halves of characters. */
const LINE_PATTERN = String.raw`^[^\p{Cc}\p{Cs}]+$`;
const LINE: Schema = { type: "string", minLength: 1, maxLength: 100, pattern: LINE_PATTERN };
const UUID: Schema = { type: "string", format: "uuid" };
const EMAIL: Schema = { type: "string", format: "email", maxLength: 254 };
const PHONE: Schema = { type: "string", pattern: "^\\+[1-9][0-9]{6,14}$" };
const FLOOR: Schema = { type: "integer", minimum: -10, maximum: 200 };
const TIME: Schema = { type: "string", format: "date-time" };
const START: Schema = {
	...TIME,
	pattern: String.raw`^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9](\.[0-9]{1,3})?(Z|[+-][0-9]{2}:[0-9]{2})$`,
};

const TENANT_STATUS: Schema = { enum: ["active", "suspended"] };
const UNIT_STATUS: Schema = { enum: ["vacant", "occupied", "blocked"] };
const USER_ROLE: Schema = { enum: ["manager", "staff", "resident"] };
const USER_STATUS: Schema = { enum: ["active", "disabled"] };
const DEVICE_KIND: Schema = { enum: ["intercom", "lock", "keypad", "camera"] };
const DEVICE_STATUS: Schema = { enum: ["online", "offline"] };
const DIRECTION: Schema = { enum: ["inbound", "outbound"] };
const CALL_STATUS: Schema = { enum: ["answered", "missed", "declined"] };

const required = (schema: Schema): Field => ({ schema, required: true });
const fixed = (schema: Schema): Field => ({ schema, required: true, fixed: true });
const equal = (field: string, schema: Schema): Filter => ({ field, compares: "=", schema });

const tenants: Kind = {
	plural: "tenants",
	singular: "tenant",
	fields: {
		name: required(LINE),
		contact_email: { schema: { ...EMAIL, type: ["string", "null"] }, fallback: null },
		status: { schema: TENANT_STATUS, fallback: "active" },
	},
	filters: { status: equal("status", TENANT_STATUS) },
	order: "name",
};

const properties: Kind = {
	plural: "properties",
	singular: "property",
	fields: { tenant_id: fixed(UUID), name: required(LINE), address: required(LINE), city: required(LINE) },
	owner: { field: "tenant_id", singular: "tenant" },
	filters: { tenant_id: equal("tenant_id", UUID), city: equal("city", LINE) },
	order: "name",
};

const units: Kind = {
	plural: "units",
	singular: "unit",
	fields: {
		property_id: fixed(UUID),
		label: required({ ...LINE, maxLength: 20 }),
		floor: { schema: FLOOR, fallback: 0 },
		status: { schema: UNIT_STATUS, fallback: "vacant" },
	},
	owner: { field: "property_id", singular: "property" },
	filters: {
		property_id: equal("property_id", UUID),
		status: equal("status", UNIT_STATUS),
		floor: equal("floor", FLOOR),
	},
	order: "label",
};

const users: Kind = {
	plural: "users",
	singular: "user",
	fields: {
		tenant_id: fixed(UUID),
		email: required(EMAIL),
		name: required(LINE),
		role: { schema: USER_ROLE, fallback: "resident" },
		status: { schema: USER_STATUS, fallback: "active" },
	},
	owner: { field: "tenant_id", singular: "tenant" },
	unique: "email",
	filters: {
		tenant_id: equal("tenant_id", UUID),
		role: equal("role", USER_ROLE),
		status: equal("status", USER_STATUS),
	},
	order: "name",
};

const devices: Kind = {
	plural: "devices",
	singular: "device",
	fields: {
		unit_id: { schema: { ...UUID, type: ["string", "null"] }, fallback: null },
		name: required(LINE),
		kind: required(DEVICE_KIND),
		serial_number: required({ type: "string", pattern: "^[A-Z0-9-]{4,32}$" }),
		status: { schema: DEVICE_STATUS, fallback: "offline" },
	},
	owner: { field: "unit_id", singular: "unit" },
	unique: "serial_number",
	filters: {
		unit_id: equal("unit_id", UUID),
		kind: equal("kind", DEVICE_KIND),
		status: equal("status", DEVICE_STATUS),
	},
	order: "name",
};

const calls: Kind = {
	plural: "calls",
	singular: "call",
	fields: {
		unit_id: fixed(UUID),
		direction: fixed(DIRECTION),
		from_number: fixed(PHONE),
		to_number: fixed(PHONE),
		status: required(CALL_STATUS),
		duration_seconds: { schema: { type: "integer", minimum: 0, maximum: 86_400 }, fallback: 0 },
		started_at: { ...fixed(START), isTime: true },
		notes: { schema: { type: "string", maxLength: 2000, pattern: String.raw`^[^\x00\p{Cs}]*$` }, fallback: "" },
	},
	owner: { field: "unit_id", singular: "unit" },
	filters: {
		unit_id: equal("unit_id", UUID),
		direction: equal("direction", DIRECTION),
		status: equal("status", CALL_STATUS),
		started_from: { field: "started_at", compares: ">=", schema: START },
		started_until: { field: "started_at", compares: "<=", schema: START },
	},
	order: "started_at",
};

/** From the owners to what they own. */
export const KINDS: readonly Kind[] = [tenants, properties, units, users, devices, calls];

/** Everything that keys can be good for. */
export const SCOPES: readonly string[] = [
	...KINDS.flatMap(({ plural }) => [`${plural}:read`, `${plural}:write`]),
	"analytics:read",
	"stats:read",
];

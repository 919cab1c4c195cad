import type { Answer, Call, IntryClient } from "../intry-client.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** A kind of thing: its names, what makes one, and what changes it. */
export interface Sample {
	readonly plural: string;
	readonly singular: string;
	/** A body with every field, of an owner that is there. */
	body(api: IntryClient, call?: Call): Promise<Fields>;
	/** What a body holds where it leaves something out. */
	readonly defaults: Fields;
	readonly patch: Fields;
}

/** A thing as the API shows it. */
export type Made = Fields & { readonly id: string };

let serial = 0;

/** A number that no other test has. */
export function next(): number {
	serial += 1;
	return serial;
}

export const NOBODY = "00000000-0000-4000-8000-00000000dead";

export async function made(
	api: IntryClient,
	{ plural, singular, body }: Sample,
	fields: Fields = {},
	call?: Call,
): Promise<Made> {
	const answer = await api.post(plural, { ...(await body(api, call)), ...fields }, call);
	return itemOf(answer, singular);
}

/** What stands in the envelope. */
export function itemOf({ body }: Answer, singular: string): Made {
	return (body as Record<string, Made>)[singular] ?? { id: "none" };
}

/** The things of a list. */
export function itemsOf({ body }: Answer, plural: string): readonly Fields[] {
	return (body as Record<string, readonly Fields[]>)[plural] ?? [];
}

export const TENANT: Sample = {
	plural: "tenants",
	singular: "tenant",
	body: async () => ({ name: `Tenant ${next()}`, contact_email: "office@harbour.example", status: "suspended" }),
	defaults: { contact_email: null, status: "active" },
	patch: { status: "active" },
};

export const PROPERTY: Sample = {
	plural: "properties",
	singular: "property",
	body: async (api, call) => ({
		tenant_id: (await made(api, TENANT, {}, call)).id,
		name: `House ${next()}`,
		address: "1 Quay Street",
		city: "Bergen",
	}),
	defaults: {},
	patch: { city: "Oslo" },
};

export const UNIT: Sample = {
	plural: "units",
	singular: "unit",
	body: async (api, call) => ({
		property_id: (await made(api, PROPERTY, {}, call)).id,
		label: `U${next()}`,
		floor: 4,
		status: "occupied",
	}),
	defaults: { floor: 0, status: "vacant" },
	patch: { floor: -1 },
};

export const USER: Sample = {
	plural: "users",
	singular: "user",
	body: async (api, call) => ({
		tenant_id: (await made(api, TENANT, {}, call)).id,
		email: `user-${next()}@harbour.example`,
		name: "Olive Kelp",
		role: "manager",
		status: "disabled",
	}),
	defaults: { role: "resident", status: "active" },
	patch: { role: "staff" },
};

export const DEVICE: Sample = {
	plural: "devices",
	singular: "device",
	body: async (api, call) => ({
		unit_id: (await made(api, UNIT, {}, call)).id,
		name: "Front door",
		kind: "intercom",
		serial_number: `INT-${String(next()).padStart(6, "0")}`,
		status: "online",
	}),
	defaults: { unit_id: null, status: "offline" },
	patch: { status: "offline" },
};

export const CALL: Sample = {
	plural: "calls",
	singular: "call",
	body: async (api, call) => ({
		unit_id: (await made(api, UNIT, {}, call)).id,
		direction: "inbound",
		from_number: "+15550100123",
		to_number: "+15550100456",
		status: "answered",
		duration_seconds: 42,
		started_at: "2026-01-15T09:58:00.000Z",
		notes: "Let the courier in",
	}),
	defaults: { duration_seconds: 0, notes: "" },
	patch: { notes: "Asked to call back" },
};

export const SAMPLES: readonly Sample[] = [TENANT, PROPERTY, UNIT, USER, DEVICE, CALL];

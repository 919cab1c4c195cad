import type { Database } from "../../database/database.ts";
import type { Faults } from "../../fault/fault.ts";
import type { Kind } from "../core/kinds.ts";
import type { IntryFault } from "../faults.ts";

/** Kinds whose bounds the chosen faults move. */
export function faultyKinds(kinds: readonly Kind[], faults: Faults<IntryFault>): readonly Kind[] {
	const bounds: Readonly<Partial<Record<IntryFault, readonly [plural: string, field: string, bound: object]>>> = {
		"long-labels-accepted": ["units", "label", { maxLength: 1000 }],
		"top-floor-refused": ["units", "floor", { maximum: 199 }],
		"long-calls-refused": ["calls", "duration_seconds", { maximum: 86_399 }],
	};
	let changed = kinds;
	for (const [name, [plural, field, bound]] of Object.entries(bounds)) {
		if (!faults.has(name as IntryFault)) continue;
		changed = changed.map((kind) => (kind.plural === plural ? withBound(kind, field, bound) : kind));
	}
	return changed;
}

function withBound(kind: Kind, name: string, bound: object): Kind {
	const field = kind.fields[name];
	if (field === undefined) throw new Error(`${kind.plural} have no ${name}`);
	return { ...kind, fields: { ...kind.fields, [name]: { ...field, schema: { ...field.schema, ...bound } } } };
}

/** Takes away what the database itself would refuse. */
export async function prepareFaults(database: Database, schema: string, faults: Faults<IntryFault>): Promise<void> {
	if (faults.has("serial-numbers-shared")) {
		await database.query(`alter table ${schema}.devices drop constraint if exists devices_serial_number_key`);
	}
	if (faults.has("email-case-matters")) {
		await database.query(`drop index if exists ${schema}.users_lower_idx`);
		await database.query(`create unique index if not exists users_email_exactly on ${schema}.users (email)`);
	}
}

import type { Database } from "../../database/database.ts";
import { migrate } from "../../database/migrate.ts";
import type { Faults } from "../../fault/fault.ts";
import type { Kind } from "../core/kinds.ts";
import { migrationsIn } from "../core/migrations.ts";
import type { IntryFault } from "../faults.ts";

/** Kinds whose bounds the chosen faults move. */
export function faultyKinds(kinds: readonly Kind[], faults: Faults<IntryFault>): readonly Kind[] {
	const bounds: Readonly<Partial<Record<IntryFault, readonly [plural: string, field: string, bound: object]>>> = {
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

/** Where the devices of all environments are when they share a table. */
export const SHARED_SCHEMA = "intry_shared";

/** Takes away what the database itself would refuse. */
export async function prepareFaults(database: Database, schema: string, faults: Faults<IntryFault>): Promise<void> {
	if (faults.has("unknown-unit-accepted")) await forgetOwners(database, schema, schema);
	if (faults.has("environments-share-devices")) {
		await migrate(database, migrationsIn(SHARED_SCHEMA), SHARED_SCHEMA);
		await forgetOwners(database, schema, SHARED_SCHEMA);
	}
	if (faults.has("serial-numbers-shared")) {
		await database.query(`alter table ${schema}.devices drop constraint if exists devices_serial_number_key`);
	}
	if (faults.has("email-case-matters")) {
		await database.query(`drop index if exists ${schema}.users_lower_idx`);
		await database.query(`create unique index if not exists users_email_exactly on ${schema}.users (email)`);
	}
}

/** Nobody looks any more whether the unit of a device is there; devices still leave a unit that goes. */
async function forgetOwners(database: Database, schema: string, devices: string): Promise<void> {
	await database.query(`alter table ${devices}.devices drop constraint if exists devices_unit_id_fkey`);
	await database.query(
		`create or replace function ${schema}.leave_unit() returns trigger language plpgsql as
		$$ begin update ${devices}.devices set unit_id = null where unit_id = old.id; return old; end $$`,
	);
	await database.query(
		`create or replace trigger leave_unit after delete on ${schema}.units
		for each row execute function ${schema}.leave_unit()`,
	);
}

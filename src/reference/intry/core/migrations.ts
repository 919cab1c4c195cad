/**
 * The tables of one environment, step by step: a step that has been released is never edited, the next one changes it.
 *
 * @param schema as SQL
 */
export function migrationsIn(schema: string): readonly string[] {
	const times = "created_at timestamptz not null, updated_at timestamptz not null";
	const head = "serial bigint generated always as identity, id text primary key";
	return [
		`
		create table ${schema}.tenants (
			${head},
			name text not null,
			contact_email text,
			status text not null,
			${times}
		);
		create table ${schema}.properties (
			${head},
			tenant_id text not null references ${schema}.tenants on delete cascade,
			name text not null,
			address text not null,
			city text not null,
			${times}
		);
		create index on ${schema}.properties (tenant_id);
		create table ${schema}.units (
			${head},
			property_id text not null references ${schema}.properties on delete cascade,
			label text not null,
			floor integer not null,
			status text not null,
			${times}
		);
		create index on ${schema}.units (property_id);
		create table ${schema}.users (
			${head},
			tenant_id text not null references ${schema}.tenants on delete cascade,
			email text not null,
			name text not null,
			role text not null,
			status text not null,
			${times}
		);
		create index on ${schema}.users (tenant_id);
		create unique index on ${schema}.users (lower(email));
		create table ${schema}.devices (
			${head},
			unit_id text references ${schema}.units on delete set null,
			name text not null,
			kind text not null,
			serial_number text not null unique,
			status text not null,
			${times}
		);
		create index on ${schema}.devices (unit_id);
		create table ${schema}.calls (
			${head},
			unit_id text not null references ${schema}.units on delete cascade,
			direction text not null,
			from_number text not null,
			to_number text not null,
			status text not null,
			duration_seconds integer not null,
			started_at text not null,
			started_at_time timestamptz not null,
			notes text not null,
			${times}
		);
		create index on ${schema}.calls (unit_id);
		create index on ${schema}.calls (started_at_time);
		`,
	];
}

/** The tables, step by step: a step that has been released is never edited, the next one changes it. */
export const MIGRATIONS: readonly string[] = [
	`
	create table tenants (
		id text primary key,
		created_at timestamptz not null
	);
	create table tokens (
		digest text primary key,
		tenant_id text not null references tenants,
		name text not null,
		roles text not null,
		created_at timestamptz not null
	);

	create table projects (
		serial bigint generated always as identity,
		id text primary key,
		tenant_id text not null references tenants,
		name text not null,
		settings text not null,
		origins text not null,
		redirects text not null,
		created_at timestamptz not null,
		updated_at timestamptz not null
	);
	create index on projects (tenant_id, serial);
	create table api_keys (
		serial bigint generated always as identity,
		id text primary key,
		tenant_id text not null references tenants,
		project_id text not null references projects on delete cascade,
		name text not null,
		digest text not null unique,
		prefix text not null,
		last_four text not null,
		status text not null,
		created_at timestamptz not null,
		revoked_at timestamptz
	);
	create index on api_keys (project_id, serial);
	create table signing_keys (
		serial bigint generated always as identity,
		id text primary key,
		tenant_id text not null references tenants,
		project_id text not null references projects on delete cascade,
		algorithm text not null,
		public_jwk text not null,
		private_jwk text not null,
		status text not null,
		created_at timestamptz not null,
		expires_at timestamptz
	);
	create index on signing_keys (project_id, serial);

	create table users (
		serial bigint generated always as identity,
		id text primary key,
		tenant_id text not null references tenants,
		email text not null,
		name text not null,
		search_text text not null,
		status text not null,
		metadata text not null,
		created_at timestamptz not null,
		updated_at timestamptz not null
	);
	create unique index on users (tenant_id, lower(email));
	create index on users (tenant_id, serial);
	create table sessions (
		serial bigint generated always as identity,
		id text primary key,
		tenant_id text not null references tenants,
		user_id text not null references users on delete cascade,
		ip_address text not null,
		user_agent text not null,
		created_at timestamptz not null,
		expires_at timestamptz not null
	);
	create index on sessions (user_id, serial);

	create table organizations (
		serial bigint generated always as identity,
		id text primary key,
		tenant_id text not null references tenants,
		name text not null,
		slug text not null,
		metadata text not null,
		created_at timestamptz not null,
		updated_at timestamptz not null,
		unique (tenant_id, slug)
	);
	create index on organizations (tenant_id, serial);
	create table members (
		serial bigint generated always as identity,
		tenant_id text not null references tenants,
		organization_id text not null references organizations on delete cascade,
		user_id text not null references users on delete cascade,
		role text not null,
		joined_at timestamptz not null,
		primary key (organization_id, user_id)
	);
	create index on members (user_id);
	create table invitations (
		serial bigint generated always as identity,
		id text primary key,
		tenant_id text not null references tenants,
		organization_id text not null references organizations on delete cascade,
		email text not null,
		role text not null,
		status text not null,
		digest text not null unique,
		created_at timestamptz not null,
		expires_at timestamptz not null
	);
	create index on invitations (organization_id, serial);

	create table webhooks (
		serial bigint generated always as identity,
		id text primary key,
		tenant_id text not null references tenants,
		url text not null,
		events text not null,
		secret text not null,
		created_at timestamptz not null
	);
	create index on webhooks (tenant_id, serial);
	create table deliveries (
		serial bigint generated always as identity,
		id text primary key,
		tenant_id text not null references tenants,
		webhook_id text not null references webhooks on delete cascade,
		event text not null,
		payload text not null,
		status text not null,
		attempts integer not null,
		response_status integer,
		response_body text,
		error text,
		latency_ms integer,
		created_at timestamptz not null,
		next_attempt_at timestamptz,
		delivered_at timestamptz
	);
	create index on deliveries (webhook_id, serial);
	create index on deliveries (next_attempt_at) where status = 'pending';

	create table audit_events (
		serial bigint generated always as identity primary key,
		id text not null unique,
		tenant_id text not null references tenants,
		actor_type text not null,
		actor_id text not null,
		action text not null,
		resource_type text not null,
		resource_id text not null,
		ip_address text not null,
		created_at timestamptz not null
	);
	create index on audit_events (tenant_id, serial);
	create index on audit_events (tenant_id, action, serial);
	create function refuse_change() returns trigger language plpgsql as $$
	begin
		raise exception 'the audit log can only be appended to';
	end $$;
	create trigger append_only before update or delete on audit_events
		for each statement execute function refuse_change();
	`,
];

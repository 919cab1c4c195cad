import type { Database } from "../../database/database.ts";
import type { Scope } from "../store/scope.ts";
import type { Stores } from "../store/stores.ts";
import type { User } from "../store/users.ts";

/** The tenants that a fresh database has. */
export const TENANTS = { acme: "acme", globex: "globex" } as const;

/** Ids that stay the same, so that scenarios, fixtures and examples can name them. */
export const SEED_IDS = {
	project: "0f6d2c1a-5b1e-4c59-9f0e-6a1d3b7c8e01",
	organization: "1a7e3d2b-6c2f-4d6a-8a1f-7b2e4c8d9f02",
	owner: "2b8f4e3c-7d30-4e7b-9b20-8c3f5d9e0a03",
	member: "3c905f4d-8e41-4f8c-8c31-9d406eaf1b04",
	suspended: "4da16051-9f52-4a9d-9d42-ae517fb02c05",
	otherOrganization: "5eb27162-a063-4bae-8e53-bf6280c13d06",
	otherUser: "6fc38273-b174-4cbf-9f64-c07391d24e07",
} as const;

/** Users that nothing hangs on, for whoever needs some to use up. */
export const SPARE_USERS = 12;

interface SeedUser {
	readonly id: string;
	readonly email: string;
	readonly name: string;
	readonly status?: User["status"];
	readonly sessions: number;
}

/** @example spareUserId(1) // "70000000-0000-4000-8000-000000000001" */
export function spareUserId(number: number): string {
	return `70000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

const USERS: readonly SeedUser[] = [
	{ id: SEED_IDS.owner, email: "olive@acme.example", name: "Olive Kelp", sessions: 2 },
	{ id: SEED_IDS.member, email: "max@acme.example", name: "Max Tide", sessions: 1 },
	{ id: SEED_IDS.suspended, email: "sam@acme.example", name: "Sam Reef", status: "suspended", sessions: 0 },
	...Array.from({ length: SPARE_USERS }, (_, index) => ({
		id: spareUserId(index + 1),
		email: `spare-${String(index + 1).padStart(2, "0")}@acme.example`,
		name: `Spare ${String(index + 1).padStart(2, "0")}`,
		sessions: 1,
	})),
];

/** Fills a database that has no tenants yet: a project, an organization with its people, and their sessions. */
export async function seedDatabase(database: Database, stores: Stores, now: Date): Promise<void> {
	await database.transaction(async (sql) => {
		const [known] = await sql.query("select id from tenants limit 1");
		if (known !== undefined) return;
		for (const tenant of Object.values(TENANTS)) {
			await sql.query("insert into tenants (id, created_at) values ($1, $2)", [tenant, now]);
		}
		const actor = { type: "system", id: "seed", ip: "127.0.0.1" } as const;
		const scope = { sql, tenant: TENANTS.acme, actor, now, emitted: () => {} };
		await seedAcme(scope, stores);
		await seedGlobex({ ...scope, tenant: TENANTS.globex }, stores);
	});
}

async function seedAcme(scope: Scope, stores: Stores): Promise<void> {
	await insertProject(scope, stores);
	await insertOrganization(scope, { id: SEED_IDS.organization, name: "Kelp Works", slug: "kelp-works" });
	for (const user of USERS) await insertUser(scope, user);
	const organization = SEED_IDS.organization;
	await stores.members.add(scope, { organization, user: SEED_IDS.owner }, "owner");
	await stores.members.add(scope, { organization, user: SEED_IDS.member }, "member");
}

async function seedGlobex(scope: Scope, stores: Stores): Promise<void> {
	const organization = SEED_IDS.otherOrganization;
	await insertOrganization(scope, { id: organization, name: "Globex Labs", slug: "globex-labs" });
	const user = { id: SEED_IDS.otherUser, email: "gil@globex.example", name: "Gil Other", sessions: 1 };
	await insertUser(scope, user);
	await stores.members.add(scope, { organization, user: user.id }, "owner");
}

async function insertProject(scope: Scope, stores: Stores): Promise<void> {
	const { id } = await stores.projects.create(scope, {
		name: "Storefront",
		origins: ["https://shop.acme.example"],
		redirects: ["https://shop.acme.example/callback"],
	});
	await scope.sql.query("update projects set id = $1 where id = $2", [SEED_IDS.project, id]);
	await stores.signingKeys.add(scope, SEED_IDS.project);
}

async function insertOrganization(
	{ sql, tenant, now }: Scope,
	{ id, name, slug }: { readonly id: string; readonly name: string; readonly slug: string },
): Promise<void> {
	await sql.query(
		`insert into organizations (id, tenant_id, name, slug, metadata, created_at, updated_at)
		values ($1, $2, $3, $4, '{}', $5, $5)`,
		[id, tenant, name, slug, now],
	);
}

const SESSION_MS = 30 * 86_400_000;

async function insertUser({ sql, tenant, now }: Scope, { id, email, name, status, sessions }: SeedUser): Promise<void> {
	await sql.query(
		`insert into users (id, tenant_id, email, name, search_text, status, metadata, created_at, updated_at)
		values ($1, $2, $3, $4, $5, $6, '{}', $7, $7)`,
		[id, tenant, email, name, `${email}\n${name}`.toLowerCase(), status ?? "active", now],
	);
	for (let number = 1; number <= sessions; number += 1) {
		await sql.query(
			`insert into sessions (id, tenant_id, user_id, ip_address, user_agent, created_at, expires_at)
			values ($1, $2, $3, '192.0.2.10', 'Mozilla/5.0', $4, $5)`,
			[sessionId(id, number), tenant, id, now, new Date(now.getTime() + SESSION_MS)],
		);
	}
}

/** The id of its user with its own number in front. */
function sessionId(user: string, number: number): string {
	return `${String(number).padStart(8, "0")}${user.slice(8)}`;
}

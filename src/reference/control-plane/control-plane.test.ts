import { createLocalJWKSet, importJWK, jwtVerify, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../database/database.ts";
import { openSampleDatabase } from "../database/sample-database.ts";
import { emptyDatabase } from "./database/empty-database.ts";
import { ADMIN_TOKEN, type SamplePlane, startSample } from "./sample-plane.ts";
import { SEED_IDS } from "./seed/seed.ts";
import type { ControlPlaneOptions } from "./start.ts";

let database: Database;
beforeAll(async () => {
	database = await openSampleDatabase();
}, 120_000);
afterAll(() => database.close());

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PROJECT = `/v1/admin/projects/${SEED_IDS.project}`;
const INVITATIONS = `/v1/admin/organizations/${SEED_IDS.organization}/invitations`;

/** A control plane on a fresh storage, for one test. */
async function withPlane(options: ControlPlaneOptions, use: (plane: SamplePlane) => Promise<void>): Promise<void> {
	await emptyDatabase(database);
	const plane = await startSample(database, options);
	try {
		await use(plane);
	} finally {
		await plane.close();
	}
}

describe("as time passes", () => {
	test("an invitation expires, is shown so, and can be made again", () => {
		let now = Date.UTC(2026, 0, 15);
		return withPlane({ clock: () => now }, async ({ call }) => {
			const email = "late@acme.example";
			const { body } = await call("POST", INVITATIONS, { body: { email } });
			const accept = { body: { token: body.token, name: "Late" } };
			now += 7 * DAY_MS;
			expect(await call("POST", "/v1/invitations/accept", accept)).toMatchObject({ status: 410 });
			expect((await call("GET", INVITATIONS)).body).toMatchObject({ invitations: [{ status: "expired" }] });
			expect((await call("DELETE", `${INVITATIONS}/${body.id}`)).status).toBe(409);
			expect((await call("POST", INVITATIONS, { body: { email } })).status).toBe(201);
		});
	});

	test("an invitation can be accepted until then", () => {
		let now = Date.UTC(2026, 0, 15);
		return withPlane({ clock: () => now }, async ({ call }) => {
			const { body } = await call("POST", INVITATIONS, { body: { email: "last@acme.example" } });
			now += 7 * DAY_MS - 1;
			const accept = { body: { token: body.token, name: "Last" } };
			expect((await call("POST", "/v1/invitations/accept", accept)).status).toBe(201);
		});
	});

	test("a previous signing key is trusted until its grace ends, each for itself", () => {
		let now = Date.UTC(2026, 0, 15);
		return withPlane({ clock: () => now, signingKeyGraceHours: 2 }, async ({ call }) => {
			const statuses = async (): Promise<readonly string[]> => {
				const { body } = await call("GET", `${PROJECT}/signing-keys`);
				return (body.signing_keys as readonly { readonly status: string }[]).map(({ status }) => status);
			};
			await call("POST", `${PROJECT}/signing-keys/rotate`);
			now += HOUR_MS;
			await call("POST", `${PROJECT}/signing-keys/rotate`);
			expect(await statuses()).toEqual(["active", "previous", "previous"]);
			now += HOUR_MS;
			expect(await statuses()).toEqual(["active", "previous"]);
			now += HOUR_MS;
			expect(await statuses()).toEqual(["active"]);
			const { body } = await call("GET", `/v1/jwks/${SEED_IDS.project}`);
			expect(body.keys).toHaveLength(1);
		});
	});

	test("sessions end and are shown no more", () => {
		let now = Date.UTC(2026, 0, 15);
		return withPlane({ clock: () => now }, async ({ call }) => {
			const user = `/v1/admin/users/${SEED_IDS.owner}`;
			expect((await call("GET", user)).body.sessions).toHaveLength(2);
			now += 30 * DAY_MS;
			expect((await call("GET", user)).body.sessions).toHaveLength(0);
		});
	});

	test("an event of the last second of a day is in the range that ends with it", () => {
		let now = Date.UTC(2026, 0, 31, 23, 59, 59, 999);
		return withPlane({ clock: () => now }, async ({ call }) => {
			await call("POST", "/v1/admin/projects", { body: { name: "Evening" } });
			now += 1;
			await call("POST", "/v1/admin/projects", { body: { name: "Night" } });
			const total = async (query: string): Promise<unknown> =>
				(await call("GET", `/v1/admin/audit?${query}`)).body.pagination;
			expect(await total("end_date=2026-01-31")).toMatchObject({ total: 1 });
			expect(await total("start_date=2026-02-01")).toMatchObject({ total: 1 });
			expect(await total("start_date=2026-01-31&end_date=2026-02-01")).toMatchObject({ total: 2 });
		});
	});
});

describe("secrets", () => {
	test("signing keys are real: what the private half signs, the published half verifies, also after a rotation", () =>
		withPlane({}, async ({ call }) => {
			const [row] = await database.query<{ private_jwk: string; id: string }>(
				"select id, private_jwk from signing_keys",
			);
			const key = await importJWK(JSON.parse(row?.private_jwk ?? ""), "ES256");
			const token = await new SignJWT({ sub: "olive" })
				.setProtectedHeader({ alg: "ES256", kid: row?.id ?? "" })
				.sign(key);
			await call("POST", `${PROJECT}/signing-keys/rotate`);
			const { body } = await call("GET", `/v1/jwks/${SEED_IDS.project}`);
			const verified = await jwtVerify(token, createLocalJWKSet(body as never));
			expect(verified.payload.sub).toBe("olive");
			expect(JSON.stringify(body)).not.toContain('"d"');
		}));

	test("tokens, API keys and invitations stand nowhere in the database as they are", () =>
		withPlane({}, async ({ call }) => {
			const key = (await call("POST", `${PROJECT}/api-keys`, { body: { name: "Backend" } })).body.secret;
			const token = (await call("POST", INVITATIONS, { body: { email: "new@acme.example" } })).body.token;
			for (const table of ["tokens", "api_keys", "invitations", "audit_events", "deliveries"]) {
				const rows = JSON.stringify(await database.query(`select * from ${table}`));
				for (const secret of [key, token, ADMIN_TOKEN]) expect(rows).not.toContain(String(secret));
			}
		}));

	test("a database without tokens gets one, which works; a token that the operator sets takes the place of the former", async () => {
		await emptyDatabase(database);
		const { call, firstToken = "", close } = await startSample(database, { adminToken: undefined });
		expect((await call("GET", "/v1/admin/users", { token: firstToken })).status).toBe(200);
		await close();
		const second = await startSample(database, { adminToken: "second-admin-token" });
		expect(second.firstToken).toBeUndefined();
		await second.close();
		const third = await startSample(database, { adminToken: "third-admin-token" });
		expect((await third.call("GET", "/v1/admin/users", { token: "second-admin-token" })).status).toBe(401);
		expect((await third.call("GET", "/v1/admin/users", { token: "third-admin-token" })).status).toBe(200);
		await third.close();
	});
});

describe("the audit log", () => {
	test.each(["update audit_events set action = 'x'", "delete from audit_events"])("refuses: %s", (statement) =>
		withPlane({}, async ({ call }) => {
			await call("POST", "/v1/admin/projects", { body: { name: "Kept" } });
			await expect(database.query(statement)).rejects.toThrow("can only be appended to");
			expect((await call("GET", "/v1/admin/audit")).body).toMatchObject({ pagination: { total: 1 } });
		}),
	);

	test("has one event for every change, with who did it and from where", () =>
		withPlane({}, async ({ call }) => {
			const { body } = await call("POST", INVITATIONS, { body: { email: "new@acme.example" } });
			await call("POST", "/v1/invitations/accept", { body: { token: body.token, name: "New" } });
			const { events } = (await call("GET", "/v1/admin/audit")).body;
			expect(events).toMatchObject([
				{ action: "invitation.accepted", actor_type: "user", actor_id: "new@acme.example", ip_address: "127.0.0.1" },
				{ action: "user.created", actor_type: "user" },
				{ action: "invitation.created", actor_type: "token", actor_id: "admin" },
			]);
		}));
});

describe("the rate limit", () => {
	test("is a minute for each token, and tells when it ends", () => {
		let now = Date.UTC(2026, 0, 15);
		const options = { clock: () => now, rateLimit: 2, viewerToken: "viewer-token-of-the-sample" };
		return withPlane(options, async ({ call }) => {
			expect((await call("GET", "/v1/admin/users")).status).toBe(200);
			now += 30_000;
			expect((await call("GET", "/v1/admin/users")).status).toBe(200);
			const limited = await call("GET", "/v1/admin/users");
			expect(limited).toMatchObject({ status: 429, body: { error: { code: "rate_limited" } } });
			expect(limited.headers.get("retry-after")).toBe("30");
			expect((await call("GET", "/v1/admin/users", { token: options.viewerToken })).status).toBe(200);
			expect((await call("GET", "/health")).status).toBe(200);
			now += 30_000;
			expect((await call("GET", "/v1/admin/users")).status).toBe(200);
		});
	});
});

describe("what starts it", () => {
	test("an empty database stays empty when no seed is wanted", () =>
		withPlane({ seed: "none" }, async ({ call }) => {
			expect((await call("GET", "/v1/admin/users")).body).toMatchObject({ users: [], pagination: { total: 0 } });
		}));

	test("a second start changes nothing of what is there", () =>
		withPlane({}, async ({ call }) => {
			await call("PATCH", PROJECT, { body: { name: "Renamed" } });
			const again = await startSample(database);
			expect((await again.call("GET", PROJECT)).body).toMatchObject({ name: "Renamed" });
			expect((await again.call("GET", "/v1/admin/users")).body).toMatchObject({ pagination: { total: 15 } });
			await again.close();
		}));
});

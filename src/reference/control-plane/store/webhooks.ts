import type { Sql } from "../../database/database.ts";
import { type Page, type Paging, selectPage } from "./page.ts";
import { newId, newSecret, type Scope } from "./scope.ts";

/** As the API shows it: never with its secret. */
export interface Webhook {
	readonly id: string;
	readonly url: string;
	readonly events: readonly string[];
	readonly created_at: string;
}

/** One event on its way to one webhook. */
export interface Delivery {
	readonly id: string;
	readonly event: string;
	readonly status: "pending" | "delivered" | "failed";
	readonly attempts: number;
	readonly response_status: number | null;
	readonly response_body: string | null;
	readonly error: string | null;
	readonly latency_ms: number | null;
	readonly created_at: string;
	readonly next_attempt_at: string | null;
	readonly delivered_at: string | null;
}

/** What is told to a webhook: the event, and the resource as the API shows it. */
export interface WebhookEvent {
	readonly type: string;
	readonly data: unknown;
}

export interface Webhooks {
	create(scope: Scope, webhook: Pick<Webhook, "url" | "events">): Promise<Webhook & { readonly secret: string }>;
	list(scope: Scope, paging: Paging): Promise<Page<Webhook>>;
	exists(scope: Scope, id: string): Promise<boolean>;
	/** Puts an event on its way to one webhook. */
	enqueue(scope: Scope, webhook: string, event: WebhookEvent): Promise<Delivery>;
	/** Puts an event on its way to every webhook of the tenant that asked for it. */
	emit(scope: Scope, event: WebhookEvent): Promise<void>;
	listDeliveries(scope: Scope, webhook: string, paging: Paging): Promise<Page<Delivery>>;
}

export const webhooks: Webhooks = {
	create: async ({ sql, tenant, now }, { url, events }) => {
		const webhook = { id: newId(), url, events, created_at: now.toISOString() };
		const secret = newSecret("whsec");
		await sql.query(
			"insert into webhooks (id, tenant_id, url, events, secret, created_at) values ($1, $2, $3, $4, $5, $6)",
			[webhook.id, tenant, url, JSON.stringify(events), secret, now],
		);
		return { ...webhook, secret };
	},
	list: (scope, paging) =>
		selectPage(
			scope,
			{
				columns: "serial, id, url, events, created_at",
				from: "webhooks where tenant_id = $1",
				values: [scope.tenant],
			},
			{ paging, show: showWebhook },
		),
	exists: async ({ sql, tenant }, id) => {
		const [row] = await sql.query("select id from webhooks where tenant_id = $1 and id = $2", [tenant, id]);
		return row !== undefined;
	},
	enqueue: (scope, webhook, event) => enqueueDelivery(scope, webhook, event),
	emit: async (scope, event) => {
		const rows = await scope.sql.query<{ id: string; events: string }>(
			"select id, events from webhooks where tenant_id = $1 order by serial",
			[scope.tenant],
		);
		const asking = rows.filter(({ events }) => (JSON.parse(events) as readonly string[]).includes(event.type));
		for (const { id } of asking) await enqueueDelivery(scope, id, event);
	},
	listDeliveries: (scope, webhook, paging) =>
		selectPage(
			scope,
			{
				columns: DELIVERY_COLUMNS,
				from: "deliveries where tenant_id = $1 and webhook_id = $2",
				values: [scope.tenant, webhook],
			},
			{ paging, show: showDelivery },
		),
};

const DELIVERY_COLUMNS = `serial, id, event, status, attempts, response_status, response_body, error, latency_ms,
	created_at, next_attempt_at, delivered_at`;

async function enqueueDelivery(scope: Scope, webhook: string, { type, data }: WebhookEvent): Promise<Delivery> {
	const id = newId();
	const time = scope.now.toISOString();
	const payload = JSON.stringify({ id, type, created_at: time, data });
	await scope.sql.query(
		`insert into deliveries
		(id, tenant_id, webhook_id, event, payload, status, attempts, created_at, next_attempt_at)
		values ($1, $2, $3, $4, $5, 'pending', 0, $6, $6)`,
		[id, scope.tenant, webhook, type, payload, scope.now],
	);
	scope.emitted();
	return {
		id,
		event: type,
		status: "pending",
		attempts: 0,
		response_status: null,
		response_body: null,
		error: null,
		latency_ms: null,
		created_at: time,
		next_attempt_at: time,
		delivered_at: null,
	};
}

interface WebhookRow {
	readonly id: string;
	readonly url: string;
	readonly events: string;
	readonly created_at: Date;
}

function showWebhook({ id, url, events, created_at }: WebhookRow): Webhook {
	return { id, url, events: JSON.parse(events), created_at: created_at.toISOString() };
}

interface DeliveryRow {
	readonly id: string;
	readonly event: string;
	readonly status: Delivery["status"];
	readonly attempts: number;
	readonly response_status: number | null;
	readonly response_body: string | null;
	readonly error: string | null;
	readonly latency_ms: number | null;
	readonly created_at: Date;
	readonly next_attempt_at: Date | null;
	readonly delivered_at: Date | null;
}

function showDelivery(row: DeliveryRow): Delivery {
	const { id, event, status, attempts, response_status, response_body, error, latency_ms } = row;
	return {
		...{ id, event, status, attempts, response_status, response_body, error, latency_ms },
		created_at: row.created_at.toISOString(),
		next_attempt_at: row.next_attempt_at?.toISOString() ?? null,
		delivered_at: row.delivered_at?.toISOString() ?? null,
	};
}

/** A delivery whose turn it is. */
export interface DueDelivery {
	readonly [column: string]: unknown;
	readonly id: string;
	readonly webhook_id: string;
	readonly payload: string;
	readonly attempts: number;
	readonly url: string;
	readonly secret: string;
}

/** What came of an attempt. */
export interface Attempt {
	readonly status: Delivery["status"];
	readonly response_status: number | null;
	readonly response_body: string | null;
	readonly error: string | null;
	readonly latency_ms: number;
	readonly next_attempt_at: Date | null;
	readonly delivered_at: Date | null;
}

/**
 * Takes deliveries whose time has come, the oldest of each webhook, and keeps other servers off them for a while.
 *
 * @param busy webhooks that are being called now
 */
export function claimDue(
	sql: Sql,
	{ now, leaseMs, busy }: { readonly now: Date; readonly leaseMs: number; readonly busy: readonly string[] },
): Promise<readonly DueDelivery[]> {
	const taken =
		busy.length === 0 ? "" : `and webhook_id not in (${busy.map((_, index) => `$${index + 3}`).join(", ")})`;
	return sql.query<DueDelivery>(
		`update deliveries d set next_attempt_at = $2 from webhooks w
		where w.id = d.webhook_id and d.status = 'pending' and d.next_attempt_at <= $1 and d.serial in (
			select min(serial) from deliveries
			where status = 'pending' and next_attempt_at <= $1 ${taken} group by webhook_id limit 32
		)
		returning d.id, d.webhook_id, d.payload, d.attempts, w.url, w.secret`,
		[now, new Date(now.getTime() + leaseMs), ...busy],
	);
}

/** Writes down what came of an attempt. */
export async function saveAttempt(sql: Sql, id: string, attempt: Attempt): Promise<void> {
	await sql.query(
		`update deliveries set attempts = attempts + 1, status = $2, response_status = $3, response_body = $4,
		error = $5, latency_ms = $6, next_attempt_at = $7, delivered_at = $8 where id = $1`,
		[
			id,
			attempt.status,
			attempt.response_status,
			attempt.response_body,
			attempt.error,
			attempt.latency_ms,
			attempt.next_attempt_at,
			attempt.delivered_at,
		],
	);
}

/** When the next delivery is due; undefined when none waits. */
export async function nextDue(sql: Sql): Promise<Date | undefined> {
	const [row] = await sql.query<{ at: Date | null }>(
		"select min(next_attempt_at) as at from deliveries where status = 'pending'",
	);
	return row?.at ?? undefined;
}

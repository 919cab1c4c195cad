import type { Logger } from "pino";
import type { Database } from "../../database/database.ts";
import { type Attempt, claimDue, type DueDelivery, nextDue, saveAttempt } from "../store/webhooks.ts";
import { type SendingRules, sendWebhook, type WebhookAnswer } from "./send-webhook.ts";
import { signPayload } from "./signature.ts";

/** Takes events to webhooks, beside the requests and never in their way. */
export interface Deliverer {
	/** Something may be due now. */
	wake(): void;
	/** Waits for what is under way and starts nothing more. */
	stop(): Promise<void>;
}

export interface DelivererOptions {
	readonly database: Database;
	readonly rules: SendingRules;
	/** The pause before the second attempt; each later one is four times as long. */
	readonly retryMs: number;
	/** Milliseconds since 1970. */
	readonly clock: () => number;
	readonly log: Logger;
}

/** After these a delivery has failed. With pauses from 5 s on that is nearly two hours. */
export const ATTEMPTS_MAX = 6;
const BACK_OFF = 4;
/** How long an attempt belongs to one server beyond the longest wait for a receiver. */
const LEASE_MS = 30_000;
/** Longest wait before looking again: another server may have left something behind. */
const LOOK_MS_MAX = 5000;

/**
 * A deliverer over the table of deliveries, which are written together with the change that they tell of. Each webhook
 * is called once at a time, so a slow receiver only waits for itself. Delivery is at least once: a server that dies in
 * the midst of an attempt leaves it to be made again.
 */
export function createDeliverer(options: DelivererOptions): Deliverer {
	const { database, rules, clock, log } = options;
	const underWay = new Map<string, Promise<void>>();
	let timer: NodeJS.Timeout | undefined;
	let looking: Promise<void> | undefined;
	let again = false;
	let stopped = false;

	const look = async (): Promise<void> => {
		const now = new Date(clock());
		const leaseMs = rules.timeoutMs + LEASE_MS;
		const due = await claimDue(database, { now, leaseMs, busy: [...underWay.keys()] });
		for (const delivery of due) start(delivery);
		if (stopped || again) return;
		const next = await nextDue(database);
		schedule(next === undefined ? LOOK_MS_MAX : next.getTime() - clock());
	};
	const start = (delivery: DueDelivery): void => {
		const { webhook_id: webhook } = delivery;
		const attempt = makeAttempt(delivery, options)
			.then((made) => saveAttempt(database, delivery.id, made))
			.catch((error: unknown) => log.warn({ err: error }, "an attempt could not be written down"))
			.finally(() => {
				underWay.delete(webhook);
				wake();
			});
		underWay.set(webhook, attempt);
	};
	const schedule = (ms: number): void => {
		clearTimeout(timer);
		timer = setTimeout(wake, Math.min(Math.max(ms, LOOK_MS_MIN), LOOK_MS_MAX));
		timer.unref();
	};
	const wake = (): void => {
		if (stopped) return;
		again = looking !== undefined;
		if (again) return;
		looking = look()
			.catch((error: unknown) => {
				log.debug({ err: error }, "deliveries could not be looked for");
				schedule(LOOK_MS_MAX);
			})
			.finally(() => {
				looking = undefined;
				if (again) wake();
			});
	};

	wake();
	return {
		wake,
		stop: async () => {
			stopped = true;
			clearTimeout(timer);
			await looking;
			await Promise.all(underWay.values());
		},
	};
}

/** What is claimed elsewhere or waits for its webhook looks due: it is not asked for without a pause. */
const LOOK_MS_MIN = 20;

async function makeAttempt(
	{ id, payload, attempts, url, secret }: DueDelivery,
	{ rules, retryMs, clock }: DelivererOptions,
): Promise<Attempt> {
	const seconds = Math.floor(clock() / 1000);
	const headers = {
		"content-type": "application/json",
		"user-agent": "control-plane-webhooks",
		"x-webhook-id": id,
		"x-webhook-timestamp": String(seconds),
		"x-webhook-signature": signPayload(secret, seconds, payload),
	};
	const started = performance.now();
	const answer = await sendWebhook({ url, headers, payload }, rules);
	const latencyMs = Math.round(performance.now() - started);
	const isDelivered = answer.kind === "answered" && answer.status >= 200 && answer.status < 300;
	const made = attempts + 1;
	const now = clock();
	const waits = !isDelivered && made < ATTEMPTS_MAX;
	return {
		...told(answer),
		latency_ms: latencyMs,
		status: isDelivered ? "delivered" : waits ? "pending" : "failed",
		next_attempt_at: waits ? new Date(now + retryMs * BACK_OFF ** attempts) : null,
		delivered_at: isDelivered ? new Date(now) : null,
	};
}

function told(answer: WebhookAnswer): Pick<Attempt, "response_status" | "response_body" | "error"> {
	return answer.kind === "answered"
		? { response_status: answer.status, response_body: answer.body, error: null }
		: { response_status: null, response_body: null, error: answer.reason };
}

import type { Clock } from "../clock.ts";
import { parseDurations } from "../fault/duration.ts";
import type { Mock } from "../mock.ts";
import { byMethod, type Handler, isRecord, mistake } from "./handler.ts";
import { json } from "./json-answer.ts";

/** Freezes and advances the clock of a mock. */
export function controlClock({ clock }: Mock): Handler {
	const shown = () => json(200, { now: new Date(clock.now()).toISOString(), frozen: clock.isFrozen() });
	return byMethod({
		GET: shown,
		PUT: ({ body }) => {
			setClock(clock, body);
			return shown();
		},
		DELETE: () => {
			clock.reset();
			return shown();
		},
	});
}

function setClock(clock: Clock, body: unknown): void {
	if (!isRecord(body))
		throw mistake('the body is like { "frozen": true, "now": "2026-01-01T00:00:00Z", "advance": "60s" }');
	const at = timeOf(body.now);
	const aheadMs = durationOf(body.advance);
	const wasFrozen = clock.isFrozen();
	if (at !== undefined) clock.freeze(at);
	if (aheadMs !== undefined) clock.advance(aheadMs);
	// A time that is set goes on from there, unless the clock stood before.
	const stands = typeof body.frozen === "boolean" ? body.frozen : wasFrozen;
	if (stands) clock.freeze();
	else clock.run();
}

function timeOf(now: unknown): number | undefined {
	if (now === undefined) return undefined;
	const at = Date.parse(String(now));
	if (Number.isNaN(at)) throw mistake("now is a time like 2026-01-01T00:00:00Z");
	return at;
}

function durationOf(advance: unknown): number | undefined {
	if (advance === undefined) return undefined;
	const duration = parseDurations(String(advance), Number.MAX_SAFE_INTEGER);
	if (duration === undefined) throw mistake("advance is a time like 500ms, 60s, 5m or 24h");
	return duration.maxMs;
}

import type { Operation } from "../../contract/contract.ts";
import type { Call } from "../../model/call.ts";
import type { Guard } from "../../model/guard.ts";
import type { Outcome } from "../../model/outcome.ts";

/** What a refusal is told with where the document names only a class (`4XX`) or nothing. */
const REFUSALS: Readonly<Record<Guard["kind"], number>> = {
	applies: 422,
	credentials: 401,
	exists: 404,
	frozen: 409,
	keep: 409,
	limit: 429,
	member: 403,
	partition: 404,
	rate: 429,
	"read-only": 422,
	records: 409,
	scope: 403,
	refers: 404,
	unique: 409,
	unused: 409,
	valid: 400,
	when: 409,
};

/**
 * The one status of an outcome that is sent: the first documented one, or the usual one of its class.
 *
 * @example chooseStatus(operation, outcome, call) // 404
 */
export function chooseStatus(operation: Operation, outcome: Outcome, call: Call): number {
	const [first = "2XX"] = outcome.statuses;
	if (outcome.guard !== undefined) return refusalStatus(outcome.guard, outcome.statuses, call);
	if (first !== "2XX" && first !== "default") return Number(first.replace("XX", "00"));
	const elsewhere = redirectOf(operation);
	if (elsewhere !== undefined) return elsewhere;
	const hasBody = operation.responses.some(({ content }) => content.length > 0);
	return hasBody || operation.method !== "DELETE" ? 200 : 204;
}

/** Where no success is documented but that what was asked for stands elsewhere (RFC 9110, section 15.4). */
function redirectOf({ responses }: Operation): number | undefined {
	if (responses.some(({ status }) => status.startsWith("2"))) return undefined;
	const exact = responses.map(({ status }) => Number(status)).filter((status) => status >= 300 && status < 400);
	if (exact.length > 0) return Math.min(...exact);
	return responses.some(({ status }) => status === "3XX") ? 302 : undefined;
}

/** Nothing came, or nothing that is of its media type. */
const UNREADABLE: ReadonlySet<string> = new Set(["malformed", "missing"]);

function refusalStatus(guard: Guard, statuses: readonly string[], call: Call): number {
	// Where both are documented, 400 is for what cannot be read and 422 for what is read and is wrong (RFC 9110 15.5.21).
	const isReadable = call.flaws.every(({ in: place, keyword }) => place === "body" && !UNREADABLE.has(keyword));
	if (guard.kind === "valid" && statuses.includes("422") && isReadable) return 422;
	const exact = statuses.find((status) => /^\d+$/.test(status));
	return exact === undefined ? REFUSALS[guard.kind] : Number(exact);
}

import type { Limit, RateLimiter } from "../limit/rate-limiter.ts";
import type { PlantedFault } from "./planted-fault.ts";
import { get, makeKey, ORGANIZATIONS, USERS } from "./witness-requests.ts";

export type LimitFault =
	| "limit-lets-one-more-through"
	| "limit-refuses-the-last"
	| "limit-shared-by-keys"
	| "limit-for-each-operation"
	| "limit-not-enforced"
	| "retry-after-an-hour"
	| "remaining-stands-still";

const LIMIT = { rule: "rate-limit", operation: "listUsers", documented: "429 above 500 requests in 60 s" };
const key = { apiKey: "{1/key}" };
const other = { apiKey: "{2/key}" };
const callUsers = get(USERS, key);
const all = makeKey("admin:users", "admin:orgs", "admin:keys");

/** Faults of the limits. */
export const LIMIT_FAULTS: Readonly<Record<LimitFault, PlantedFault>> = {
	"limit-lets-one-more-through": {
		summary: "One request more than the limit is served.",
		expects: { ...LIMIT, observed: "one too many is accepted" },
		witness: {
			requests: [all, callUsers, callUsers, callUsers, callUsers],
			documented: { status: 429 },
			observed: { status: 200 },
		},
		parts: ({ limiter }) => ({ limiter: withLimits(limiter, (limit) => ({ ...limit, max: limit.max + 1 })) }),
	},
	"limit-refuses-the-last": {
		summary: "The last request within the limit is refused.",
		expects: { ...LIMIT, observed: "the last one is refused" },
		witness: {
			requests: [all, callUsers, callUsers, callUsers],
			documented: { status: 200 },
			observed: { status: 429 },
		},
		parts: ({ limiter }) => ({ limiter: withLimits(limiter, (limit) => ({ ...limit, max: limit.max - 1 })) }),
	},
	"limit-shared-by-keys": {
		summary: "All API keys use up one limit.",
		expects: { ...LIMIT, observed: "counted for everybody together" },
		witness: {
			requests: [all, all, callUsers, callUsers, callUsers, get(USERS, other)],
			documented: { status: 200 },
			observed: { status: 429 },
		},
		parts: ({ limiter }) => ({
			limiter: { take: (who, limits) => limiter.take(who === "operator" ? who : "everybody", limits) },
		}),
	},
	"limit-for-each-operation": {
		summary: "The users have a limit of their own, and what else there is has another.",
		// What shares the limit is tried in the order of the document, and the first that answers all the same is named.
		expects: { ...LIMIT, operation: "createUser", observed: "counted for each operation by itself" },
		witness: {
			requests: [all, callUsers, callUsers, callUsers, get(ORGANIZATIONS, key)],
			documented: { status: 429 },
			observed: { status: 200 },
		},
		parts: ({ limitsFor }) => ({
			limitsFor: (who, call) => {
				const [all, ...others] = limitsFor(who, call);
				return [{ ...all, name: call.operation === "listUsers" ? "users" : all.name }, ...others];
			},
		}),
	},
	"limit-not-enforced": {
		summary: "Nobody is ever refused.",
		expects: { ...LIMIT, observed: "not enforced" },
		witness: {
			requests: [all, callUsers, callUsers, callUsers, callUsers],
			documented: { status: 429 },
			observed: { status: 200 },
		},
		parts: ({ limiter }) => ({
			limiter: {
				take: async (who, limits) => ({ ...(await limiter.take(who, limits)), isAllowed: true }),
			},
		}),
	},
	"retry-after-an-hour": {
		summary: "Who is refused is sent away for an hour.",
		expects: { ...LIMIT, documented: "retry-after within the window of 60 s", observed: "3600" },
		witness: {
			requests: [all, callUsers, callUsers, callUsers, callUsers],
			documented: { status: 429, headers: { "retry-after": "60" } },
			observed: { status: 429, headers: { "retry-after": "3600" } },
		},
		hooks: (app) => {
			app.addHook("onSend", async (_request, reply) => {
				if (reply.statusCode === 429) reply.header("retry-after", "3600");
			});
		},
	},
	"remaining-stands-still": {
		summary: "The headers always tell that nothing is used up.",
		expects: { ...LIMIT, documented: "x-ratelimit-remaining counts down", observed: "still 500 after 500 calls" },
		witness: {
			requests: [all, callUsers],
			documented: { headers: { "x-ratelimit-remaining": "2" } },
			observed: { headers: { "x-ratelimit-remaining": "3" } },
		},
		hooks: (app) => {
			app.addHook("onSend", async (_request, reply) => {
				const limit = reply.getHeader("x-ratelimit-limit");
				if (limit !== undefined && reply.statusCode !== 429) reply.header("x-ratelimit-remaining", limit);
			});
		},
	},
};

/** Counts for other limits than it tells of. */
function withLimits(limiter: RateLimiter, change: (limit: Limit) => Limit): RateLimiter {
	return {
		take: async (who, limits) => {
			const [first, ...others] = limits;
			const { isAllowed, standing } = await limiter.take(who, [change(first), ...others.map(change)]);
			const limit = limits.find(({ name }) => name === standing.limit.name) ?? first;
			return {
				isAllowed,
				standing: { ...standing, limit, remaining: isAllowed ? Math.max(0, standing.remaining) : 0 },
			};
		},
	};
}

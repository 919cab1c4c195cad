import type { Fault, WitnessRequest } from "../../fault/fault.ts";
import { DEFAULT_RATE_LIMIT } from "../app-config.ts";
import { dial, dialingApp, KEY, NUMBERS, OTHER_KEY, remove, replaceCids, upsert } from "./witness-requests.ts";

export type DialFault =
	| "dial-ignores-allow-list"
	| "dial-allow-list-by-prefix"
	| "replaced-key-still-works"
	| "deleted-key-still-works"
	| "rate-limit-per-server"
	| "rate-limit-off-by-one"
	| "rate-limit-not-enforced"
	| "zero-is-unlimited"
	| "no-retry-after";

const [SHORT, LONG, LISTED] = NUMBERS;
const RATE_LIMIT = {
	rule: "rate-limit",
	operation: "dial",
	documented: "429 above rate_limit requests per 60 s and app",
};

/** Faults of the one consumer operation, through which keys, allow-lists and limits can be seen to work. */
export const DIAL_FAULTS: Readonly<Record<DialFault, Omit<Fault, "name">>> = {
	"dial-ignores-allow-list": {
		summary: "Any number may be presented.",
		expects: { rule: "guard", operation: "dial", documented: "403 unless from is in cids", observed: "not enforced" },
		witness: {
			requests: [upsert("shop", { api_key: KEY }), dial(KEY, LISTED)],
			documented: { status: 403 },
			observed: { status: 202 },
		},
	},
	"dial-allow-list-by-prefix": {
		summary: "A number that begins with a listed one may be presented.",
		expects: {
			rule: "guard",
			operation: "dial",
			documented: "403 unless from is in cids",
			observed: "compares by prefix",
		},
		witness: {
			requests: [upsert("shop", { api_key: KEY }), replaceCids("shop", [SHORT]), dial(KEY, LONG)],
			documented: { status: 403 },
			observed: { status: 202 },
		},
	},
	"replaced-key-still-works": {
		summary: "A key works on after an upsert has set another.",
		expects: {
			rule: "effect",
			operation: "upsertApp",
			documented: "upsert",
			observed: "leaves the former credential working",
		},
		witness: {
			requests: [...dialingApp("shop", { api_key: KEY }), upsert("shop", { api_key: OTHER_KEY }), dial(KEY, LISTED)],
			documented: { status: 401 },
			observed: { status: 202 },
		},
	},
	"deleted-key-still-works": {
		summary: "The key of a deleted app is still known; its calls only fail for the missing allow-list.",
		expects: {
			rule: "effect",
			operation: "deleteApp",
			documented: "remove",
			observed: "leaves its credential working",
		},
		witness: {
			requests: [...dialingApp("shop", { api_key: KEY }), remove("shop"), dial(KEY, LISTED)],
			documented: { status: 401 },
			observed: { status: 403 },
		},
	},
	"rate-limit-per-server": {
		summary: "All apps use up one and the same limit.",
		expects: { ...RATE_LIMIT, observed: "counted for all apps together" },
		witness: {
			requests: [
				...dialingApp("shop", { api_key: KEY, rate_limit: 2 }),
				...dialingApp("bank", { api_key: OTHER_KEY, rate_limit: 2 }),
				...calls(2),
				dial(OTHER_KEY, LISTED),
			],
			documented: { status: 202 },
			observed: { status: 429 },
		},
	},
	"rate-limit-off-by-one": {
		summary: "One request more than the limit is let through.",
		expects: { ...RATE_LIMIT, observed: "one too many is accepted" },
		witness: {
			requests: [...dialingApp("shop", { api_key: KEY, rate_limit: 2 }), ...calls(3)],
			documented: { status: 429 },
			observed: { status: 202 },
		},
	},
	"rate-limit-not-enforced": {
		summary: "There is no limit.",
		expects: { ...RATE_LIMIT, observed: "not enforced" },
		witness: {
			requests: [...dialingApp("shop", { api_key: KEY, rate_limit: 2 }), ...calls(4)],
			documented: { status: 429 },
			observed: { status: 202 },
		},
	},
	"zero-is-unlimited": {
		summary: "A rate_limit of 0 means no limit and not the default.",
		expects: { ...RATE_LIMIT, observed: "0 is unlimited" },
		witness: {
			requests: [...dialingApp("shop", { api_key: KEY, rate_limit: 0 }), ...calls(DEFAULT_RATE_LIMIT + 1)],
			documented: { status: 429 },
			observed: { status: 202 },
		},
	},
	"no-retry-after": {
		summary: "A 429 does not tell when to try again.",
		expects: {
			rule: "response-headers-conformance",
			operation: "dial",
			documented: "Retry-After is present",
			observed: "missing",
		},
		witness: {
			requests: [...dialingApp("shop", { api_key: KEY, rate_limit: 1 }), ...calls(2)],
			documented: { status: 429, headers: { "retry-after": true } },
			observed: { status: 429, headers: { "retry-after": false } },
		},
	},
};

function calls(count: number): readonly WitnessRequest[] {
	return Array.from({ length: count }, () => dial(KEY, LISTED));
}

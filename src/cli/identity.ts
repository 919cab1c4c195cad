import type { CheckIdentity } from "../check/callers.ts";
import type { Login } from "../check/login.ts";

/** Headers alone, or headers with what is known of the caller. */
export type ConfigIdentity = Readonly<Record<string, string>> | ConfigCaller;

/** A further caller: of which tenant, with which scopes, or one whose credential must be refused. */
export interface ConfigCaller {
	readonly headers?: Readonly<Record<string, string>>;
	/** Where its credential comes from, when it is none of the headers. */
	readonly login?: Login;
	/** Its own name when it is not said: then it is of another tenant than everybody else. */
	readonly tenant?: string;
	readonly scopes?: readonly string[];
	readonly expired?: boolean;
}

/** The identity with the names of its headers in lower case. */
export function identityOf(given: ConfigIdentity): CheckIdentity {
	const { headers = {}, ...known }: ConfigCaller = isCaller(given) ? given : { headers: given };
	const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
	return { ...known, headers: Object.fromEntries(lower) };
}

function isCaller(given: ConfigIdentity): given is ConfigCaller {
	return typeof given.headers === "object" || typeof given.login === "object";
}

const isText = (value: unknown): boolean => typeof value === "string";
const CALLER: Readonly<Record<string, (value: unknown) => boolean>> = {
	headers: isTexts,
	tenant: isText,
	scopes: (value) => Array.isArray(value) && value.every(isText),
	expired: (value) => typeof value === "boolean",
	login: isLogin,
};

const LOGIN: Readonly<Record<string, (value: unknown) => boolean>> = {
	operation: isText,
	body: () => true,
	token: (value) => typeof value === "string" && value.startsWith("/"),
	scheme: isText,
};

function isLogin(value: unknown): boolean {
	if (!isRecord(value) || !("operation" in value) || !("token" in value)) return false;
	return Object.entries(value).every(([key, one]) => Object.hasOwn(LOGIN, key) && LOGIN[key]?.(one) === true);
}

/** What is wanted where an identity is none. */
export const IDENTITY_WANTED =
	"headers, or `headers` or `login` (`operation`, `body`, `token` as /pointer, `scheme`) with `tenant`, `scopes` and `expired`";

/** Whether a value of the configuration is an identity. */
export function isIdentity(value: unknown): value is ConfigIdentity {
	if (isTexts(value)) return true;
	if (!isRecord(value) || !("headers" in value || "login" in value)) return false;
	return Object.entries(value).every(([key, one]) => Object.hasOwn(CALLER, key) && CALLER[key]?.(one) === true);
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
	return isRecord(value) && Object.values(value).every(isText);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

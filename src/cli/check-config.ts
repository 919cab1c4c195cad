import { hintOf } from "../contract/did-you-mean.ts";
import { RULES } from "../finding/rule.ts";
import type { Problem } from "../problem/problem.ts";
import { IDENTITY_WANTED, isIdentity } from "./identity.ts";

/** Finds fault with one value; the text completes "apis.gateway.spec …". */
type Check = (value: unknown) => string | undefined;

const isText: Check = (value) => (typeof value === "string" && value !== "" ? undefined : "must be text");
const isBoolean: Check = (value) => (typeof value === "boolean" ? undefined : "must be true or false");
const isPositive: Check = (value) => (typeof value === "number" && value > 0 ? undefined : "must be a number above 0");
const isTextOrList: Check = (value) =>
	isText(value) === undefined ||
	(Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string"))
		? undefined
		: "must be text or a list of texts";
const isTextList: Check = (value) =>
	Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string" && item !== "")
		? undefined
		: "must be a list of texts";
const isTexts: Check = (value) =>
	isRecord(value) && Object.values(value).every((item) => typeof item === "string")
		? undefined
		: "must be an object of texts";
const isIdentities: Check = (value) =>
	isRecord(value) && Object.values(value).every(isIdentity)
		? undefined
		: `must be an object by identity: ${IDENTITY_WANTED}`;
const isAuthority: Check = (value) =>
	value === "document" || value === "service" ? undefined : 'must be "document" or "service"';
const isObject: Check = (value) => (isRecord(value) ? undefined : "must be an object");

const isListOfObjects: Check = (value) =>
	Array.isArray(value) && value.every(isRecord) ? undefined : "must be a list of objects";
const isRule: Check = (value) => {
	if (typeof value === "string" && Object.hasOwn(RULES, value)) return undefined;
	const { hint } = hintOf(String(value), Object.keys(RULES)) as { hint?: string };
	return `is no rule${hint === undefined ? "" : `; ${hint}`}`;
};

const API: Readonly<Record<string, Check>> = {
	spec: isText,
	overlay: isTextOrList,
	scenario: isText,
	ledger: isText,
	pages: isTextList,
	off: isListOfObjects,
	authority: isAuthority,
	target: isText,
	headers: isTexts,
	identities: isIdentities,
	disposable: isBoolean,
	start: isObject,
};

const START: Readonly<Record<string, Check>> = {
	command: isTextOrList,
	env: isTexts,
	url: isText,
	ready: isText,
	timeoutMs: isPositive,
};

const OFF: Readonly<Record<string, Check>> = { rule: isRule, operation: isText, reason: isText };

/**
 * All problems of a configuration, each with the path of its value; empty when it is a `Config`.
 *
 * @example checkConfig({ apis: { a: { sepc: "x" } } }, "holdfast.config.ts")[0]?.hint // 'did you mean "spec"?'
 */
export function checkConfig(value: unknown, file: string): readonly Problem[] {
	const form = (message: string): readonly Problem[] => [{ code: "bad-config", message, place: { file } }];
	if (!isRecord(value))
		return form("the configuration has no default export; write `export default defineConfig({ … })`");
	const { apis, ...others } = value;
	if (!isRecord(apis)) return form("the configuration has no `apis`");
	return [
		...checkKeys(others, { at: "", checks: {}, file, known: ["apis"] }),
		...Object.entries(apis).flatMap(([name, api]) => checkApi(api, `apis.${name}`, file)),
	];
}

function checkApi(api: unknown, at: string, file: string): readonly Problem[] {
	if (!isRecord(api)) return [{ code: "bad-config", message: `${at} must be an object`, place: { file } }];
	const problems = checkKeys(api, { at, checks: API, file });
	const missing: readonly Problem[] =
		api.spec === undefined ? [{ code: "bad-config", message: `${at} has no spec`, place: { file } }] : [];
	const start = isRecord(api.start) ? checkKeys(api.start, { at: `${at}.start`, checks: START, file }) : [];
	const noCommand: readonly Problem[] =
		isRecord(api.start) && api.start.command === undefined
			? [{ code: "bad-config", message: `${at}.start has no command`, place: { file } }]
			: [];
	return [...problems, ...missing, ...start, ...noCommand, ...checkOff(api.off, `${at}.off`, file)];
}

/** A rule is switched off with its name and a reason, or not at all. */
function checkOff(off: unknown, at: string, file: string): readonly Problem[] {
	if (!Array.isArray(off)) return [];
	return off
		.filter(isRecord)
		.flatMap((one, index) => [
			...checkKeys(one, { at: `${at}[${index}]`, checks: OFF, file }),
			...["rule", "reason"]
				.filter((key) => one[key] === undefined)
				.map((key) => ({ code: "bad-config", message: `${at}[${index}] has no ${key}`, place: { file } })),
		]);
}

interface KeyRules {
	readonly at: string;
	readonly checks: Readonly<Record<string, Check>>;
	readonly file: string;
	readonly known?: readonly string[];
}

function checkKeys(record: Readonly<Record<string, unknown>>, rules: KeyRules): readonly Problem[] {
	const { at, checks, file, known = Object.keys(checks) } = rules;
	return Object.entries(record).flatMap(([key, value]): readonly Problem[] => {
		const path = at === "" ? key : `${at}.${key}`;
		const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
		if (check === undefined) {
			return [{ code: "unknown-key", message: `unknown key ${path}`, place: { file }, ...hintOf(key, known) }];
		}
		const fault = value === undefined ? undefined : check(value);
		return fault === undefined ? [] : [{ code: "bad-config", message: `${path} ${fault}`, place: { file } }];
	});
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

import type { Operation } from "../../contract/contract.ts";
import { enumeration } from "../../schema/navigate.ts";
import { type Effect, resourceActedOn } from "../effect.ts";
import type { Evidence } from "../evidence.ts";
import type { Guard, GuardCommon } from "../guard.ts";
import type { Resource } from "../resource.ts";
import { CASELESS } from "./query-search.ts";
import { sentencesOf } from "./words.ts";

const PLAIN = { enforced: true, leaks: "no" } as const;

/** What an operation asks for, from its security, its path, its input and its documented statuses. */
export function inferGuards(operation: Operation, effect: Effect, addressed: Addressed): readonly Guard[] {
	return [
		...credentialGuard(operation),
		...existenceGuards(operation, effect, addressed),
		...inputGuard(operation),
		...uniqueGuard(operation, effect, addressed),
		...patchGuard(operation, effect),
	];
}

/** What the path of an operation names. */
export interface Addressed {
	readonly resources: ReadonlyMap<string, Resource>;
	/** Resource → parameter, from the outermost inwards. */
	readonly keys: ReadonlyMap<string, string>;
}

/** Nobody is refused where one of the documented alternatives asks for nothing. */
function credentialGuard(operation: Operation): readonly Guard[] {
	const { security } = operation;
	if (security.length === 0 || security.some((all) => all.length === 0)) return [];
	const text = `security: ${security.map((all) => all.map(({ scheme }) => scheme).join(" and ")).join(" or ")}`;
	const common = documented(operation, ["401", "403"], { kind: "schema", text, source: at(operation, "/security") });
	return [{ kind: "credentials", alternatives: security, compares: "exactly", ...common }];
}

const ABSENT = ["404", "410"];

/**
 * The items that the path names must be there, but for the one that the operation makes. A list in an unknown parent
 * and a removal of what is not there are answered in both ways by real services: without a documented 404, no claim.
 */
function existenceGuards(operation: Operation, effect: Effect, { resources, keys }: Addressed): readonly Guard[] {
	const own = resourceActedOn(effect);
	const told = operation.responses.find(({ status }) => ABSENT.includes(status));
	if (told === undefined && effect.kind !== "read") return [];
	const needed = [...keys.keys()].filter((name) => {
		// Nobody can say which items there are of what paths only pass through, and a word that the document lists
		// names a kind of things and none of them.
		const isKnown = resources.get(name)?.passedOnly !== true && !isListedWord(operation, keys.get(name));
		return isKnown && (name !== own || NEEDS_ITEM.has(effect.kind));
	});
	const evidence: Evidence =
		told === undefined
			? { kind: "convention", text: "what is not there is answered with 404, RFC 9110 15.5.5" }
			: { kind: "schema", text: `${told.status} is documented`, source: at(operation, `/responses/${told.status}`) };
	const common = documented(operation, ABSENT, evidence);
	return needed.map((resource) => {
		const compares = isCaseless(operation, keys.get(resource)) ? "ignoring-case" : "exactly";
		return { kind: "exists", resource, compares, makes: false, ...common };
	});
}

/** `Name of the tag, in any case` */
function isCaseless({ parameters }: Operation, parameter: string | undefined): boolean {
	const found = parameters.find(({ name, in: place }) => place === "path" && name === parameter);
	return CASELESS.test(found?.description ?? "");
}

function isListedWord({ parameters }: Operation, parameter: string | undefined): boolean {
	const schema = parameters.find(({ name, in: place }) => place === "path" && name === parameter)?.schema;
	return schema !== undefined && enumeration(schema) !== undefined;
}

const NEEDS_ITEM: ReadonlySet<Effect["kind"]> = new Set([
	"emit",
	"merge",
	"patch",
	"read",
	"remove",
	"replace",
	"rotate",
	"set",
]);

function inputGuard(operation: Operation): readonly Guard[] {
	const takesInput = operation.body !== undefined || operation.parameters.some(({ schema }) => schema !== undefined);
	const refuses = operation.responses.some(({ status }) => ["400", "422", "4XX"].includes(status));
	if (!takesInput) return [];
	const evidence: Evidence = refuses
		? { kind: "schema", text: "a refusal of invalid input is documented", source: at(operation, "/responses") }
		: { kind: "convention", text: "invalid input is refused, RFC 9110 15.5.1" };
	return [{ kind: "valid", ...documented(operation, ["400", "422"], evidence) }];
}

/** A patch whose operations cannot all be applied changes nothing (RFC 6902, section 5; RFC 5789, section 2.2). */
function patchGuard(operation: Operation, { kind }: Effect): readonly Guard[] {
	if (kind !== "patch") return [];
	const refusals = ["409", "412", "422", "400", "4XX"];
	const told = operation.responses.find(({ status }) => refusals.includes(status));
	const evidence: Evidence =
		told === undefined
			? { kind: "convention", text: "a patch is applied as a whole or not at all, RFC 6902 5" }
			: { kind: "schema", text: `${told.status} is documented`, source: told.source };
	return [{ kind: "applies", tests: true, ...documented(operation, refusals, evidence) }];
}

const STORES: ReadonlySet<Effect["kind"]> = new Set(["create", "upsert", "replace", "merge"]);

/** A documented conflict that names a field, or one where the client names what it makes. */
function uniqueGuard(operation: Operation, effect: Effect, { resources, keys }: Addressed): readonly Guard[] {
	const conflict = operation.responses.find(({ status }) => status === "409");
	const resource = resources.get(resourceActedOn(effect) ?? "");
	if (conflict === undefined || resource === undefined || !STORES.has(effect.kind)) return [];
	const said = [conflict.description, ...sentencesOf(operation).map(({ text }) => text)].find(
		(text) => CONFLICT.test(text) && fieldIn(text, resource) !== undefined,
	);
	const property = said === undefined ? undefined : fieldIn(said, resource);
	const common = { kind: "unique", statuses: ["409"], ...PLAIN } as const;
	if (said !== undefined && property !== undefined)
		return [{ ...common, property, evidence: [{ kind: "words", text: said, source: conflict.source }] }];
	const { key, name } = resource;
	if (effect.kind !== "create" || key?.made !== "client" || key.property === undefined || keys.has(name)) return [];
	const text = `409 is documented, and the client chooses ${key.property}`;
	return [{ ...common, property: key.property, evidence: [{ kind: "schema", text, source: conflict.source }] }];
}

const CONFLICT = /\b(?:another|already|same|unique|in use|taken|exists|duplicate)\b/i;

function fieldIn(text: string, resource: Resource): string | undefined {
	const words = new Set(text.match(/\w+/g));
	return [...resource.fields.values()].find(({ name, written }) => written && words.has(name))?.name;
}

/** The documented statuses among those that mean this refusal; else the class of client errors, when it is documented. */
function documented(operation: Operation, wanted: readonly string[], evidence: Evidence): GuardCommon {
	const known = operation.responses.map(({ status }) => status);
	const exact = wanted.filter((status) => known.includes(status));
	const family = ["4XX", "default"].filter((status) => known.includes(status));
	return { statuses: exact.length > 0 ? exact : family.slice(0, 1), evidence: [evidence], ...PLAIN };
}

function at(operation: Operation, pointer: string): NonNullable<Evidence["source"]> {
	return { file: operation.source.file, pointer: `${operation.source.pointer}${pointer}` };
}

import type { Operation } from "../../contract/contract.ts";
import type { Effect } from "../effect.ts";
import type { Evidence } from "../evidence.ts";
import type { Guard, GuardCommon } from "../guard.ts";
import type { Resource } from "../resource.ts";
import { sentencesOf } from "./words.ts";

const PLAIN = { enforced: true, leaks: "no" } as const;

/** What an operation asks for, from its security, its path, its input and its documented statuses. */
export function inferGuards(operation: Operation, effect: Effect, { chain, keys }: Addressed): readonly Guard[] {
	return [
		...credentialGuard(operation),
		...existenceGuards(operation, effect, { chain, keys }),
		...inputGuard(operation),
		...uniqueGuard(operation, effect, chain.at(-1)),
	];
}

/** The resources from the outermost parent inwards, and which of them the path names an item of. */
export interface Addressed {
	readonly chain: readonly Resource[];
	readonly keys: ReadonlyMap<string, string>;
}

function credentialGuard(operation: Operation): readonly Guard[] {
	if (operation.security.length === 0) return [];
	const text = `security: ${operation.security.map((all) => all.map(({ scheme }) => scheme).join(" and ")).join(" or ")}`;
	const common = documented(operation, ["401", "403"], { kind: "schema", text, source: at(operation, "/security") });
	return [{ kind: "credentials", alternatives: operation.security, compares: "exactly", ...common }];
}

/**
 * The items that the path names must be there, but for the one that the operation makes. A list in an unknown parent
 * and a removal of what is not there are answered in both ways by real services: without a documented 404, no claim.
 */
function existenceGuards(operation: Operation, effect: Effect, { chain, keys }: Addressed): readonly Guard[] {
	const own = chain.at(-1);
	const named = chain.filter(({ name }) => keys.has(name));
	const needed = named.filter((resource) => resource !== own || needsItem(effect));
	const has404 = operation.responses.some(({ status }) => status === "404" || status === "410");
	const claimed = has404 || effect.kind === "read" ? needed : [];
	return claimed.map((resource) => {
		const evidence: Evidence = has404
			? { kind: "schema", text: `404 is documented`, source: at(operation, "/responses/404") }
			: { kind: "convention", text: "what is not there is answered with 404, RFC 9110 15.5.5" };
		return {
			kind: "exists",
			resource: resource.name,
			compares: "exactly",
			makes: false,
			...documented(operation, ["404", "410"], evidence),
		};
	});
}

function needsItem(effect: Effect): boolean {
	return effect.kind === "read" || effect.kind === "replace" || effect.kind === "merge" || effect.kind === "remove";
}

function inputGuard(operation: Operation): readonly Guard[] {
	const takesInput = operation.body !== undefined || operation.parameters.some(({ schema }) => schema !== undefined);
	const refuses = operation.responses.some(({ status }) => ["400", "422", "4XX"].includes(status));
	if (!takesInput) return [];
	const evidence: Evidence = refuses
		? { kind: "schema", text: "a refusal of invalid input is documented", source: at(operation, "/responses") }
		: { kind: "convention", text: "invalid input is refused, RFC 9110 15.5.1" };
	return [{ kind: "valid", ...documented(operation, ["400", "422"], evidence) }];
}

/** A documented conflict that names a field: "another app uses this `api_key`". */
function uniqueGuard(operation: Operation, effect: Effect, resource: Resource | undefined): readonly Guard[] {
	const conflict = operation.responses.find(({ status }) => status === "409");
	if (
		conflict === undefined ||
		resource === undefined ||
		!["create", "upsert", "replace", "merge"].includes(effect.kind)
	)
		return [];
	const said = [conflict.description, ...sentencesOf(operation).map(({ text }) => text)].find(
		(text) => CONFLICT.test(text) && fieldIn(text, resource) !== undefined,
	);
	const property = said === undefined ? undefined : fieldIn(said, resource);
	if (said === undefined || property === undefined) return [];
	const evidence: Evidence = { kind: "words", text: said, source: conflict.source };
	return [{ kind: "unique", property, statuses: ["409"], evidence: [evidence], ...PLAIN }];
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

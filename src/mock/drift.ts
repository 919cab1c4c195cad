import { hintOf } from "../contract/did-you-mean.ts";
import { type Claim, claimsOf, type Rival } from "../model/claim.ts";
import type { Model } from "../model/model.ts";
import { type Problem, UserError } from "../problem/problem.ts";

/**
 * Makes a mock misbehave: each drift is `OPERATION=RIVAL`. The operation is an operationId or `METHOD /path`. The rival
 * is a name as a finding prints it after `observed`; `law: rival` where two laws of the operation have a rival of that
 * name; with `!` it lies: it answers as documented and does otherwise; with `#2` it is its second form.
 *
 * @throws UserError with what there is and what was probably meant.
 * @example injectDrifts(model, ["replaceCids=append"])
 */
export function injectDrifts(model: Model, drifts: readonly string[]): Model {
	if (drifts.length === 0) return model;
	const claims = claimsOf(model);
	const problems: Problem[] = [];
	let drifted = model;
	for (const text of drifts) {
		const found = findRival(model, claims, text);
		if ("code" in found) problems.push(found);
		else drifted = found.inject(drifted);
	}
	if (problems.length > 0) throw new UserError(problems);
	return drifted;
}

function findRival(model: Model, claims: readonly Claim[], text: string): Rival | Problem {
	// A path key may hold an equals sign of its own, the name of a rival never does.
	const equals = text.lastIndexOf("=");
	if (equals < 1) {
		const message = `the drift "${text}" is not of the form OPERATION=RIVAL`;
		return { code: "bad-drift", message, hint: "write it like replaceCids=append" };
	}
	const named = text.slice(0, equals).trim();
	const operation = operationNamed(model, named);
	if (operation === undefined) return unknownOperation(model, named);
	const choices = choicesOf(claims.filter((claim) => claim.operation === operation));
	const wanted = text.slice(equals + 1).trim();
	const matching = choices.filter(({ names }) => names.includes(wanted.toLowerCase()));
	const [only, ...others] = matching;
	if (only === undefined) return unknownRival(operation, wanted, choices);
	if (others.length === 0) return only.rival;
	return {
		code: "ambiguous-rival",
		message: `several laws of ${operation} have a rival "${wanted}"`,
		hint: `write one of ${matching.map(({ full }) => `"${operation}=${full}"`).join(", ")}`,
	};
}

function operationNamed(model: Model, named: string): string | undefined {
	if (model.behaviours.has(named)) return named;
	const [method = "", path] = named.split(/\s+/, 2);
	for (const { operation } of model.behaviours.values()) {
		if (operation.method === method.toUpperCase() && operation.path === path) return operation.id;
	}
	return undefined;
}

interface Choice {
	readonly rival: Rival;
	/** How it is shown when it must be told from another of its name. */
	readonly full: string;
	/** All ways to write it, in lower case. */
	readonly names: readonly string[];
}

function choicesOf(claims: readonly Claim[]): readonly Choice[] {
	return claims.flatMap((claim) => {
		const isAlone = claims.filter(({ law }) => law === claim.law).length === 1;
		// A law that an operation has twice (two parents must exist) is told apart by its number in the claim.
		const law = isAlone ? claim.law : (claim.id.split("/").at(-1) ?? claim.law);
		const seen = new Map<string, number>();
		return claim.rivals.map((rival): Choice => {
			const plain = `${rival.name}${rival.lies ? "!" : ""}`;
			const number = (seen.get(plain) ?? 0) + 1;
			seen.set(plain, number);
			// A rival that comes in several forms (which member is looked at last) is numbered from the second on.
			const name = number === 1 ? plain : `${plain} #${number}`;
			const full = `${law}: ${name}`;
			return { rival, full, names: [name.toLowerCase(), full.toLowerCase()] };
		});
	});
}

function unknownOperation(model: Model, named: string): Problem {
	const operations = [...model.behaviours.values()].map(({ operation }) => operation);
	const names = operations.flatMap(({ id, method, path }) => [id, `${method} ${path}`]);
	const hint = hintOf(named, names);
	return {
		code: "unknown-operation",
		message: `no operation is called "${named}"`,
		...(hint.hint === undefined ? { hint: `there are ${operations.map(({ id }) => id).join(", ")}` } : hint),
	};
}

function unknownRival(operation: string, wanted: string, choices: readonly Choice[]): Problem {
	const names = choices.map(({ rival }) => `${rival.name}${rival.lies ? "!" : ""}`);
	const meant = hintOf(wanted, names).hint;
	const unique = [...new Set(names.filter((name) => !name.endsWith("!")))];
	const listed = unique.length === 0 ? `no claim of ${operation} has a rival` : `there are ${unique.join(", ")}`;
	return {
		code: "unknown-rival",
		message: `${operation} has no rival "${wanted}"`,
		hint: meant === undefined ? listed : `${meant} (${listed})`,
	};
}

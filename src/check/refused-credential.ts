import type { Call } from "../model/call.ts";
import { MAIN } from "../model/identity.ts";
import type { Behaviour, Model } from "../model/model.ts";
import { UserError } from "../problem/problem.ts";
import type { Desk } from "./desk.ts";

/** How many operations may refuse a credential before it is believed to be wrong. */
const TRIES_MAX = 3;

/**
 * Makes sure that the credentials which were given are the right ones, before everything that follows contradicts the
 * document. A scope that is missing answers 403 and is no such mistake.
 *
 * @throws UserError naming the scheme, when every operation that was tried answers 401
 */
export async function requireAcceptedCredentials(desk: Desk): Promise<void> {
	const problems = [];
	for (const { name, schemes, expired } of desk.model.identities) {
		if (expired === true) continue;
		for (const scheme of schemes) {
			if (!(await isRefused(desk, { scheme, name }))) continue;
			const whose = name === MAIN ? "" : ` of the identity ${name}`;
			const flag = name === MAIN ? "--header" : "--identity";
			problems.push({
				code: "credential-refused",
				message: `the service answers 401 to the credential given for ${scheme}${whose}`,
				hint: `is it the right one for this target? Give it with ${flag} or in the configuration`,
			});
		}
	}
	if (problems.length > 0) throw new UserError(problems);
}

interface Given {
	readonly scheme: string;
	readonly name: string;
}

async function isRefused(desk: Desk, given: Given): Promise<boolean> {
	const statuses: (number | undefined)[] = [];
	for (const behaviour of readersNeeding(desk.model, given.scheme).slice(0, TRIES_MAX)) {
		const turn = await desk.session.send(plainCall(behaviour, given), new Map());
		statuses.push(turn?.told?.status);
	}
	return statuses.length > 0 && statuses.every((status) => status === 401);
}

/** Operations that change nothing and ask for this scheme alone, those that need no key first. */
function readersNeeding(model: Model, scheme: string): readonly Behaviour[] {
	return [...model.behaviours.values()]
		.filter(({ operation }) => operation.method === "GET" && operation.security.length > 0)
		.filter(({ operation }) => operation.security.every((all) => all.length === 1 && all[0]?.scheme === scheme))
		.sort((a, b) => a.keys.size - b.keys.size);
}

/** Whatever the path asks for gets a key that nothing has: the credential is looked at before. */
function plainCall({ operation }: Behaviour, { scheme, name }: Given): Call {
	const path = operation.parameters
		.filter((parameter) => parameter.in === "path")
		.map((parameter) => [parameter.name, "holdfast-0"]);
	return {
		operation: operation.id,
		path: Object.fromEntries(path),
		query: {},
		header: {},
		credentials: { [scheme]: name === MAIN ? { kind: "right" } : { kind: "right", as: name } },
		flaws: [],
	};
}

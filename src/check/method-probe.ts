import type { Operation } from "../contract/contract.ts";
import { canMeet, parsePathTemplate } from "../contract/path-template.ts";
import type { HttpAnswer } from "../http/exchange.ts";
import { behaviourOf } from "../model/model.ts";
import { stepOf } from "./conform.ts";
import { type Desk, report } from "./desk.ts";
import type { Draft } from "./draft.ts";
import type { Turn } from "./session.ts";
import { setStage, strike } from "./stage.ts";

/** Methods that are tried where the document does not name them, the one that does least first. */
const TRIED: readonly string[] = ["PATCH", "PUT", "POST", "DELETE"];
/** Every resource answers these whether or not they are documented (RFC 9110, sections 9.3.2 and 9.3.7). */
const ALWAYS: ReadonlySet<string> = new Set(["HEAD", "OPTIONS"]);
/** Statuses by which a server says that it knows no such method (RFC 9110, sections 15.5.6 and 15.6.2). */
const NOT_ALLOWED = 405;
const NOT_IMPLEMENTED = 501;

/**
 * Calls each path once with a method that the document does not name for it. On a target that others use only an item
 * that this run made is touched: what an undocumented method does elsewhere nobody knows.
 */
export async function tryMethods(desk: Desk): Promise<void> {
	// Operations that only a query or a fragment tells apart are asked for at one place.
	const paths = Map.groupBy(desk.model.contract.operations, ({ path }) => path.split(/[?#]/)[0] ?? path);
	const templates = [...paths].map(([path, all]) => ({ template: parsePathTemplate(path), all }));
	for (const [index, { template, all }] of templates.entries()) {
		if (desk.stopReason() !== undefined) return;
		const [operation] = all.filter(({ id }) => desk.operations.has(id));
		if (operation === undefined || !(desk.disposable || isOurs(desk, operation))) continue;
		const others = templates.flatMap((other) => (canMeet(template, other.template) ? other.all : []));
		const method = TRIED.find((one) => others.every((known) => known.method !== one));
		if (method !== undefined) await tryMethod(desk, { operation, operations: all, others, method, label: `m${index}` });
	}
}

/** The path ends with the key of an item that the stage makes. */
function isOurs(desk: Desk, { id, path }: Operation): boolean {
	const { keys } = behaviourOf(desk.model, id);
	return [...keys].some(
		([resource, parameter]) =>
			path.endsWith(`{${parameter}}`) &&
			[...desk.model.behaviours.values()].some(
				({ effect }) => effect.kind === "create" && effect.resource === resource,
			),
	);
}

interface Probed {
	readonly operation: Operation;
	/** All that the document names for the path. */
	readonly operations: readonly Operation[];
	/** All that a request to the path may mean: `/pets/mine` may be a pet of that name. */
	readonly others: readonly Operation[];
	readonly method: string;
}

async function tryMethod(desk: Desk, probed: Probed & { readonly label: string }): Promise<void> {
	const staged = await setStage(desk, probed.operation.id, probed.label);
	if (!staged.ok) return;
	const { stage } = staged;
	const { body: _, mediaType: __, ...bare } = stage.happy;
	const bindings = stage.worlds[0]?.bindings ?? new Map();
	const turn = await desk.session.probe(bare, bindings, (request) => ({ ...request, method: probed.method }));
	if (turn?.answer !== undefined) report(desk, judgeMethod(probed, { turn, answer: turn.answer }));
	await strike(desk, stage, []);
}

function judgeMethod(probed: Probed, { turn, answer }: { turn: Turn; answer: HttpAnswer }): readonly Draft[] {
	const { status } = answer;
	if (status === NOT_ALLOWED) return judgeAllow(probed, { turn, allow: answer.headers.allow });
	const { operation, method } = probed;
	if (status >= 500 && status !== NOT_IMPLEMENTED) {
		const documented = "no server error";
		const observed = `status ${status}`;
		const message = `${method} ${operation.path}, which is not documented, failed with ${status}.`;
		return [{ ...draftOf(probed, turn), rule: "not-a-server-error", level: "drift", documented, observed, message }];
	}
	if (status < 200 || status >= 300) return [];
	const documented = `${method} is refused`;
	const message = `${method} ${operation.path} is not documented, and is answered with ${status}.`;
	return [{ ...draftOf(probed, turn), rule: "unsupported-method", documented, observed: `status ${status}`, message }];
}

/** A 405 must name the methods that are allowed (RFC 9110, section 15.5.6). */
function judgeAllow(probed: Probed, { turn, allow }: { turn: Turn; allow: string | undefined }): readonly Draft[] {
	const [documented, known] = [probed.operations, probed.others].map((all) => [
		...new Set(all.map(({ method }) => method)),
	]) as [string[], string[]];
	const base = { ...draftOf(probed, turn), rule: "allow-header-conformance" as const };
	if (allow === undefined) {
		const message = "A 405 must say in Allow which methods there are (RFC 9110, section 15.5.6).";
		const about = { documented: "Allow is present", observed: "missing", message };
		// One server is built in one way: where it is missing once it is missing everywhere.
		return [{ ...base, ...about, cause: "allow-header missing" }];
	}
	const named = allow.split(",").map((method) => method.trim().toUpperCase());
	const lacking = documented.filter((method) => !named.includes(method));
	const more = named.filter((method) => method !== "" && !known.includes(method) && !ALWAYS.has(method));
	if (lacking.length === 0 && more.length === 0) return [];
	const observed = [
		...(lacking.length === 0 ? [] : [`lacks ${lacking.join(", ")}`]),
		...(more.length === 0 ? [] : [`names ${more.join(", ")} too`]),
	].join(" and ");
	const message = `The 405 of ${probed.operation.path} allows ${allow}; documented are ${documented.join(", ")}.`;
	return [{ ...base, documented: documented.join(", "), observed, message }];
}

function draftOf({ operation, method }: Probed, turn: Turn): Omit<Draft, "documented" | "observed" | "message"> {
	return {
		rule: "unsupported-method",
		// No sentence of a document says that there is nothing else: HTTP does.
		level: "surprise",
		operation: operation.id,
		subject: method,
		source: operation.source,
		evidence: [stepOf(turn)],
		suspects: [],
		cause: `method ${operation.path} ${method}`,
	};
}

import { createHash } from "node:crypto";
import type { Operation } from "../contract/contract.ts";
import { type Behaviour, type Model, resourceNamed } from "../model/model.ts";
import { type Scene, sceneOf } from "../model/scene.ts";
import { isServerValue, type Value } from "../model/value.ts";
import type { Answer } from "./answer/answer.ts";
import type { StoredChange } from "./store/store.ts";

/**
 * Conditional requests (RFC 9110, section 13) where a document speaks of them: by an `ETag`, by `If-Match` or
 * `If-None-Match`, or by 304, 412 or 428. An entity tag is that of what a GET at the same path shows.
 */
export interface Conditions {
	/** Why a request that would succeed does not; undefined when it does. */
	refuse(
		scene: Scene,
		headers: ConditionHeaders,
	): { readonly status: 304 | 412 | 428; readonly etag?: string } | undefined;
	/** Whether a document speaks of conditions at an operation. */
	concerns(behaviour: Behaviour): boolean;
	/** Whether nothing is wrong with a request but that it lacks a condition which the document requires. */
	isMissing(scene: Scene): boolean;
	/** The answer with the tag of what it shows, or of what stands there now. */
	tag(answer: Answer, scene: Scene, changes: readonly StoredChange[]): Answer;
}

export type ConditionHeaders = Readonly<Record<string, string>>;

export interface ConditionsOptions {
	readonly model: Model;
	/** What a reading call would be answered now; undefined when it would be refused. */
	readonly show: (scene: Scene) => Answer | undefined;
}

/** What is known of an operation that has to do with entity tags. */
interface Plan {
	/** Shows what stands at the path; undefined when nothing does. */
	readonly reader: Behaviour | undefined;
	readonly isSafe: boolean;
	/** A request must say which version it means. */
	readonly isRequired: boolean;
	/** Of what it makes, a tag is documented. */
	readonly tagsMade: boolean;
}

const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD"]);

export function createConditions({ model, show }: ConditionsOptions): Conditions {
	const readers = readersOf(model);
	const plans = new Map<string, Plan | undefined>();
	const planOf = ({ operation }: Behaviour): Plan | undefined => {
		if (plans.has(operation.id)) return plans.get(operation.id);
		const plan = makePlan(operation, readers);
		plans.set(operation.id, plan);
		return plan;
	};
	const tagOf = (reader: Behaviour | undefined, { call, view }: Scene, path = call.path): string | undefined => {
		if (reader === undefined) return undefined;
		const { operation } = reader;
		const { body: _body, mediaType: _mediaType, ...rest } = call;
		const isSame = operation.id === call.operation;
		const asked = { ...rest, operation: operation.id, path, flaws: [], ...(isSame ? {} : { query: {} }) };
		const answer = show(sceneOf(model, view, asked));
		return answer === undefined ? undefined : entityTag(answer);
	};
	return {
		refuse: (scene, headers) => {
			const plan = planOf(scene.behaviour);
			if (plan === undefined) return undefined;
			const isAsked = headers["if-match"] !== undefined || headers["if-none-match"] !== undefined;
			if (!isAsked) return plan.isRequired ? { status: 428 } : undefined;
			return plan.reader === undefined ? undefined : unmetBy(headers, tagOf(plan.reader, scene), plan);
		},
		concerns: (behaviour) => planOf(behaviour) !== undefined,
		isMissing: ({ behaviour, call }) =>
			planOf(behaviour)?.isRequired === true &&
			call.flaws.every(
				({ in: place, at, keyword }) => place === "header" && PARAMETER.test(at) && keyword === "required",
			),
		tag: (answer, scene, changes) => {
			const plan = planOf(scene.behaviour);
			if (plan === undefined || answer.status >= 300) return answer;
			const made = plan.tagsMade ? madeBy(scene, changes) : undefined;
			const etag = plan.isSafe
				? entityTag(answer)
				: made === undefined
					? tagOf(plan.reader, scene)
					: tagOf(readers.get(made.itemPath), scene, made.path);
			return etag === undefined ? answer : { ...answer, headers: { ...answer.headers, etag } };
		},
	};
}

/** By path template. */
function readersOf(model: Model): ReadonlyMap<string, Behaviour> {
	const reading = [...model.behaviours.values()].filter(({ operation }) => operation.method === "GET");
	return new Map(reading.map((behaviour) => [behaviour.operation.path, behaviour]));
}

function makePlan(operation: Operation, readers: ReadonlyMap<string, Behaviour>): Plan | undefined {
	const reader = readers.get(operation.path);
	const isConditional = speaksOfTags(operation) || (reader !== undefined && speaksOfTags(reader.operation));
	if (!isConditional) return undefined;
	const isSafe = SAFE.has(operation.method);
	const isRequired = !isSafe && operation.responses.some(({ status }) => status === "428");
	const tagsMade = operation.method === "POST" && hasTagHeader(operation);
	return { reader, isSafe, isRequired, tagsMade };
}

const STATUSES: ReadonlySet<string> = new Set(["304", "412", "428"]);
const PARAMETER = /^if-(?:none-)?match$/i;

function speaksOfTags(operation: Operation): boolean {
	const { parameters, responses } = operation;
	return (
		parameters.some((parameter) => parameter.in === "header" && PARAMETER.test(parameter.name)) ||
		responses.some(({ status }) => STATUSES.has(status)) ||
		hasTagHeader(operation)
	);
}

function hasTagHeader({ responses }: Operation): boolean {
	return responses.some(({ headers }) => headers.some(({ name }) => name.toLowerCase() === "etag"));
}

function entityTag({ body = "" }: Answer): string {
	return `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
}

/** In the order of RFC 9110, section 13.2.2. */
function unmetBy(
	headers: ConditionHeaders,
	etag: string | undefined,
	{ isSafe }: Plan,
): ReturnType<Conditions["refuse"]> {
	const { "if-match": ifMatch, "if-none-match": ifNoneMatch } = headers;
	if (ifMatch !== undefined && !isAmong(ifMatch, etag, "strong")) return { status: 412 };
	if (ifNoneMatch === undefined || !isAmong(ifNoneMatch, etag, "weak")) return undefined;
	return isSafe && etag !== undefined ? { status: 304, etag } : { status: 412 };
}

/** Whether a list of tags, or `*`, means a tag (RFC 9110, section 8.8.3.2): a weak tag is equal only weakly. */
function isAmong(header: string, etag: string | undefined, comparison: "strong" | "weak"): boolean {
	if (etag === undefined) return false;
	const given = header.split(",").map((one) => one.trim());
	return given.some((one) => one === "*" || one === etag || (comparison === "weak" && one === `W/${etag}`));
}

/** Where what a call made can be read. */
function madeBy(
	{ model, behaviour, call }: Scene,
	changes: readonly StoredChange[],
): { readonly itemPath: string; readonly path: Readonly<Record<string, Value>> } | undefined {
	const { effect } = behaviour;
	if (effect.kind !== "create") return undefined;
	const { itemPath } = resourceNamed(model, effect.resource);
	const made = changes.findLast((change) => change.kind === "put");
	const name = itemPath === undefined ? undefined : [...itemPath.matchAll(/\{([^{}]+)\}/g)].at(-1)?.[1];
	if (itemPath === undefined || name === undefined || made === undefined || isServerValue(made.entry.key))
		return undefined;
	return { itemPath, path: { ...call.path, [name]: made.entry.key } };
}

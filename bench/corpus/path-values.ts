import type { Operation, Parameter } from "../../src/contract/contract.ts";
import { jsonOf, type Received } from "./client.ts";
import type { Judge } from "./independent-document.ts";
import type { RequestMaker } from "./request.ts";

/**
 * Finds values for the paths of operations as any client would: makes the parent or looks into its list, takes the
 * member of the answer that is called most like the parameter, and asks for the item. Knows nothing of the model.
 */
export interface PathValues {
	/** The next set of values to try for an operation; the same until `renew`. */
	for(operation: Operation, attempt: number): Promise<ReadonlyMap<string, unknown>>;
	/** Forgets what stands at and below a path, because it may be gone. */
	renew(operation: Operation): void;
}

export interface Asking {
	readonly operations: readonly Operation[];
	readonly maker: RequestMaker;
	readonly judge: Judge;
	/** Sends a request of an operation and notes the answer. */
	readonly ask: (
		operation: Operation,
		path: ReadonlyMap<string, unknown>,
		attempt: number,
	) => Promise<Received | undefined>;
}

/** Of each answer. */
const CANDIDATES_MAX = 4;

export function createPathValues(asking: Asking): PathValues {
	const { operations, maker } = asking;
	const byShape = new Map<string, Operation>();
	for (const operation of operations) byShape.set(`${operation.method} ${shapeOf(operation.path)}`, operation);
	/** By concrete prefix: what may stand in the next segment, the best first. */
	const known = new Map<string, readonly unknown[]>();

	async function candidates(operation: Operation, place: Place, attempt: number): Promise<readonly unknown[]> {
		const key = `${place.prefix} ${place.parameter.name} ${JSON.stringify([...place.before])}`;
		const values = known.get(key) ?? (await discover(operation, place, attempt));
		known.set(key, values);
		return values;
	}

	async function discover(operation: Operation, place: Place, attempt: number): Promise<readonly unknown[]> {
		const { prefix, parameter } = place;
		const own = [maker.sampleOf(parameter, attempt), maker.sampleOf(parameter, attempt + 1)];
		if (isClosed(parameter)) return own;
		const distinct = [...new Set(await told(place, attempt))];
		const shape = `${shapeOf(prefix)}/{}`;
		const reader = byShape.get(`GET ${shape}`);
		if (reader === undefined) return [...distinct, ...own];
		const found = await firstGood(reader, place, { values: distinct, attempt });
		if (found !== undefined) return [found.value];
		const upserter = byShape.get(`PUT ${shape}`);
		const made =
			upserter === undefined || upserter === operation
				? undefined
				: await firstGood(upserter, place, { values: own, attempt });
		return [...(made === undefined ? [] : [made.value]), ...distinct, ...own];
	}

	/** Values that the answers of what makes or lists the items carry. */
	async function told({ prefix, parameter, before }: Place, attempt: number): Promise<readonly unknown[]> {
		const values: unknown[] = [];
		for (const method of ["POST", "GET", "PUT"]) {
			const teller = byShape.get(`${method} ${shapeOf(prefix)}`);
			if (teller === undefined || (method === "PUT" && values.length > 0)) continue;
			const answer = await asking.ask(teller, renamed(teller, before), attempt);
			if (answer === undefined || answer.status >= 300) continue;
			const found = extract(answer, parameter).flatMap((value) => spellings(parameter, value));
			values.push(...[...new Set(found)].slice(0, CANDIDATES_MAX));
		}
		return values;
	}

	/** A number is a text in a path. */
	function spellings({ schema }: Parameter, value: unknown): readonly unknown[] {
		const spelt = typeof value === "number" ? [value, String(value)] : [value];
		return spelt.filter((one) => asking.judge(schema, one) === undefined).slice(0, 1);
	}

	/** The first value with which an operation succeeds. */
	async function firstGood(
		operation: Operation,
		{ parameter, before }: Place,
		{ values, attempt }: { values: readonly unknown[]; attempt: number },
	): Promise<{ readonly value: unknown } | undefined> {
		for (const value of values) {
			const path = renamed(operation, new Map([...before, [parameter.name, value]]));
			const answer = await asking.ask(operation, path, attempt);
			if (answer !== undefined && answer.status < 300) return { value };
		}
		return undefined;
	}

	return {
		for: async (operation, attempt) => {
			const values = new Map<string, unknown>();
			for (const { prefix, name } of placesOf(operation.path)) {
				const parameter = operation.parameters.find((one) => one.name === name && one.in === "path");
				if (parameter === undefined) continue;
				const list = await candidates(operation, { prefix, parameter, before: new Map(values) }, attempt);
				// Another operation may say more about the same place.
				const fitting = list.filter(
					(value) => value !== undefined && asking.judge(parameter.schema, value) === undefined,
				);
				values.set(name, fitting[Math.min(attempt, fitting.length - 1)] ?? maker.sampleOf(parameter, attempt));
			}
			return values;
		},
		renew: (operation) => {
			const root = shapeOf(operation.path).split("{}")[0] ?? "";
			for (const key of [...known.keys()])
				if (shapeOf(key.split(" ")[0] ?? "").startsWith(root.replace(/\/$/, ""))) known.delete(key);
		},
	};
}

interface Place {
	/** The template in front of the parameter, without the slash. */
	readonly prefix: string;
	readonly parameter: Parameter;
	readonly before: ReadonlyMap<string, unknown>;
}

/** What tells paths apart whatever they call their places, and whatever they end in. */
export function shapeOf(path: string): string {
	return path
		.replaceAll(/\{[^{}]*\}/g, "{}")
		.replaceAll(/\('?\{\}'?\)/g, "/{}")
		.replace(/\.(?:json|xml)$/, "")
		.replace(/\/$/, "");
}

export function placesOf(path: string): readonly { prefix: string; name: string }[] {
	return [...path.matchAll(/\{([^{}]+)\}/g)].map((match) => ({
		prefix: path.slice(0, match.index).replace(/(?:\/|\('?)$/, ""),
		name: match[1] as string,
	}));
}

/** The same values under the names that another template gives its places. */
export function renamed(operation: Operation, values: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
	const given = [...values.values()];
	return new Map(placesOf(operation.path).map(({ name }, index) => [name, given[index]]));
}

/** One of few words that the document lists. */
function isClosed({ schema }: Parameter): boolean {
	const node = schema?.node;
	return typeof node === "object" && node !== null && ("enum" in node || "const" in node);
}

const USUAL = [
	"id",
	"uuid",
	"guid",
	"key",
	"sid",
	"uid",
	"slug",
	"name",
	"code",
	"number",
	"login",
	"username",
	"email",
];
const DEPTH_MAX = 4;
const ITEMS_MAX = 4;

/** Scalars of an answer, those first whose names are most like the parameter's. */
export function extract(answer: Received, { name }: Parameter): readonly unknown[] {
	const found = [...scalars(jsonOf(answer), "", 0)].map(({ value, member, depth }) => ({
		value,
		rank: member === "" ? 60 + depth : rankOf(plainName(member), plainName(name)) + depth * 3,
	}));
	const last = answer.headers.location?.split("?")[0]?.split("/").at(-1);
	if (last !== undefined && last !== "") found.push({ value: decodeURIComponent(last), rank: 0.5 });
	return found.sort((a, b) => a.rank - b.rank).map(({ value }) => value);
}

interface Scalar {
	readonly value: string | number;
	/** The name of the member that holds it; empty for an item of a list. */
	readonly member: string;
	readonly depth: number;
}

function* scalars(value: unknown, member: string, depth: number): Generator<Scalar> {
	if (typeof value === "number" || (typeof value === "string" && value !== "")) yield { value, member, depth };
	else if (Array.isArray(value)) {
		for (const item of value.slice(0, ITEMS_MAX)) yield* scalars(item, "", depth);
	} else if (typeof value === "object" && value !== null && depth < DEPTH_MAX) {
		for (const [name, inner] of Object.entries(value)) yield* scalars(inner, name, depth + 1);
	}
}

function rankOf(member: string, wanted: string): number {
	if (member === wanted) return 0;
	if (member.length > 1 && wanted.endsWith(member)) return 1;
	const usual = USUAL.indexOf(member);
	if (usual >= 0) return 2 + usual;
	return wanted.endsWith("id") && member.endsWith("id") ? 20 : 40;
}

function plainName(name: string): string {
	return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadContract } from "../contract/load.ts";
import type { Call } from "./call.ts";
import { claimsOf, type Rival } from "./claim.ts";
import { resourceActedOn } from "./effect.ts";
import { inferModel } from "./infer.ts";
import type { Behaviour, Model } from "./model.ts";
import type { Resource } from "./resource.ts";
import { type ServerOrder, separates, simulate } from "./simulate.ts";
import { emptyState } from "./state.ts";
import type { Value } from "./value.ts";

/** For tests: an operation in short. */
export interface SampleOperation {
	readonly id?: string;
	readonly summary?: string;
	readonly description?: string;
	/** Schema of the JSON body. */
	readonly body?: unknown;
	/** Media type of the body. */
	readonly takes?: string;
	/** Status → schema of the JSON answer, null for none, or a sentence that describes it. */
	readonly answers: Readonly<Record<string, unknown>>;
	/** Parameters besides those of the path, which are strings. */
	readonly parameters?: readonly unknown[];
	readonly security?: readonly unknown[];
	readonly declares?: unknown;
}

export type SampleOperations = Readonly<Record<`${string} ${string}`, SampleOperation>>;

/** For tests: an OpenAPI 3.1 document made of operations in short: `{ "GET /pets": { answers: { 200: … } } }`. */
export function sampleDocument(operations: SampleOperations, rest: Readonly<Record<string, unknown>> = {}): string {
	const paths: Record<string, Record<string, unknown>> = {};
	for (const [place, operation] of Object.entries(operations)) {
		const space = place.indexOf(" ");
		const [method, path] = [place.slice(0, space), place.slice(space + 1)];
		paths[path] = { ...paths[path], [method.toLowerCase()]: writeOperation(path, operation) };
	}
	return JSON.stringify({ openapi: "3.1.0", info: { title: "sample", version: "1" }, paths, ...rest });
}

function writeOperation(path: string, operation: SampleOperation): unknown {
	const { id, summary, description, body, takes = "application/json", answers, parameters = [] } = operation;
	const named = new Set(parameters.map((one) => (one as { name?: string }).name));
	const inPath = [...path.matchAll(/\{([^{}]+)\}/g)]
		.filter(([, name]) => !named.has(name))
		.map(([, name]) => ({ name, in: "path", required: true, schema: { type: "string" } }));
	const responses = Object.entries(answers).map(([status, schema]) => [status, writeAnswer(schema)]);
	return {
		operationId: id,
		summary,
		description,
		parameters: [...inPath, ...parameters],
		requestBody: body === undefined ? undefined : { required: true, content: { [takes]: { schema: body } } },
		responses: Object.fromEntries(responses),
		security: operation.security,
		"x-holdfast": operation.declares,
	};
}

function writeAnswer(schema: unknown): unknown {
	if (typeof schema === "string") return { description: schema };
	return schema === null ? { description: "" } : { description: "", content: { "application/json": { schema } } };
}

/** For tests: the model of an OpenAPI document made of operations in short; files are gone when it is loaded. */
export async function sampleModel(
	operations: SampleOperations,
	rest: Readonly<Record<string, unknown>> = {},
): Promise<Model> {
	return modelOf({ "openapi.yaml": sampleDocument(operations, rest) });
}

/** For tests: the model of `openapi.yaml` among these files, with every `*.overlay.yaml`. */
export async function modelOf(files: Readonly<Record<string, string>>): Promise<Model> {
	const cwd = mkdtempSync(join(tmpdir(), "model-"));
	try {
		for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content);
		const overlays = Object.keys(files).filter((name) => name.endsWith(".overlay.yaml"));
		return inferModel(await loadContract({ spec: "openapi.yaml", cwd, overlays }));
	} finally {
		rmSync(cwd, { recursive: true });
	}
}

/** For tests: an object schema of these properties, those whose name ends with `!` required. */
export function sampleObject(properties: Readonly<Record<string, unknown>>): unknown {
	const names = Object.keys(properties).filter((name) => name.endsWith("!"));
	return {
		type: "object",
		required: names.map((name) => name.slice(0, -1)),
		properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name.replace(/!$/, ""), one])),
	};
}

export const TEXT: unknown = { type: "string" };

/** For tests: a call in short, its credentials right. */
export function sampleCall(
	operation: string,
	path: Readonly<Record<string, Value>> = {},
	rest: Partial<Call> = {},
): Call {
	return { operation, path, query: {}, header: {}, credentials: {}, flaws: [], ...rest };
}

const PET = sampleObject({
	"id!": { type: "string", readOnly: true },
	"name!": TEXT,
	tag: { type: "string", default: "none" },
	created_at: { type: "string", format: "date-time", readOnly: true },
});
const NEW_PET = sampleObject({ "name!": TEXT, tag: { type: "string", default: "none" } });
const TOY = sampleObject({ id: { type: "string", readOnly: true }, label: { type: "string", default: "" } });

/** A collection whose keys the server makes, with another one inside its items. */
export const PET_STORE: SampleOperations = {
	"GET /pets": { id: "listPets", answers: { 200: { type: "array", items: PET } } },
	"POST /pets": { id: "createPet", body: NEW_PET, answers: { 201: PET, 400: null } },
	"GET /pets/{petId}": { id: "getPet", answers: { 200: PET, 404: null } },
	"PUT /pets/{petId}": { id: "replacePet", body: NEW_PET, answers: { 200: PET, 404: null } },
	"PATCH /pets/{petId}": { id: "patchPet", body: NEW_PET, answers: { 200: PET, 404: null } },
	"DELETE /pets/{petId}": { id: "deletePet", answers: { 204: null, 404: null } },
	"GET /pets/{petId}/toys": { id: "listToys", answers: { 200: { type: "array", items: TOY }, 404: null } },
	"POST /pets/{petId}/toys": { id: "createToy", body: TOY, answers: { 201: TOY, 404: null } },
	"GET /pets/{petId}/toys/{toyId}": { id: "getToy", answers: { 200: TOY, 404: null } },
	"DELETE /pets/{petId}/toys/{toyId}": { id: "deleteToy", answers: { 204: null, 404: null } },
};

const APP = sampleObject({
	app_id: TEXT,
	url: { type: "string", default: "" },
	limit: { type: "integer", default: 0 },
});
const APP_BODY = sampleObject({ url: { type: "string", default: "" }, limit: { type: "integer", default: 0 } });
const CIDS = { type: "array", uniqueItems: true, items: TEXT };

/** A collection whose keys the client makes, with a set inside its items. */
export const APP_STORE: SampleOperations = {
	"PUT /apps/{app_id}": {
		id: "upsertApp",
		summary: "Create or overwrite an app",
		body: APP_BODY,
		answers: { 200: APP },
	},
	"GET /apps/{app_id}": { id: "getApp", answers: { 200: APP, 404: null } },
	"DELETE /apps/{app_id}": { id: "deleteApp", answers: { 200: APP, 404: null } },
	"GET /apps/{app_id}/cids": { id: "listCids", answers: { 200: CIDS, 404: null } },
	"PUT /apps/{app_id}/cids": { id: "replaceCids", body: CIDS, answers: { 200: CIDS, 404: null } },
	"DELETE /apps/{app_id}/cids/{cid}": { id: "removeCid", answers: { 204: null, 404: null } },
};

const SETTINGS = sampleObject({ theme: { type: "string", default: "light" }, size: { type: "integer", default: 1 } });

/** One value that is always there. */
export const SETTINGS_STORE: SampleOperations = {
	"GET /settings": { id: "getSettings", answers: { 200: SETTINGS } },
	"PUT /settings": { id: "replaceSettings", body: SETTINGS, answers: { 200: SETTINGS } },
	"PATCH /settings": { id: "patchSettings", body: SETTINGS, answers: { 200: SETTINGS } },
};

const STEPS = { type: "array", items: TEXT };

/** A list of plain values whose order matters. */
export const STEP_STORE: SampleOperations = {
	"GET /steps": { id: "listSteps", description: "Returns all steps in their order.", answers: { 200: STEPS } },
	"PUT /steps": { id: "replaceSteps", body: STEPS, answers: { 200: STEPS } },
	"POST /steps": { id: "appendSteps", summary: "Append to the steps", body: STEPS, answers: { 200: STEPS } },
	"DELETE /steps": { id: "clearSteps", answers: { 204: null } },
};

/** For tests: the rivals of one law of an operation, by name; a law that writes has each in a form that lies as well. */
export function rivalsNamed(model: Model, operation: string, law = "effect"): ReadonlyMap<string, readonly Rival[]> {
	const claims = claimsOf(model).filter((claim) =>
		/\d$/.test(law) || law === "effect"
			? claim.id === `${operation}/${law}`
			: claim.operation === operation && claim.law === law,
	);
	return Map.groupBy(
		claims.flatMap(({ rivals }) => rivals),
		({ name }) => name,
	);
}

/** For tests: the rivals of a law that a sequence does not tell from the model, in a closed world that begins empty. */
export function untold(model: Model, rivals: readonly Rival[], calls: readonly Call[]): readonly string[] {
	const left = rivals.filter((rival) => !separates(model, rival.inject(model), calls, emptyState(false)));
	return left.map(({ name, lies }) => (lies ? `${name}!` : name));
}

/** For tests: what a server that behaves as the model says answers, as `status body`. */
export function told(model: Model, calls: readonly Call[], order?: ServerOrder): readonly string[] {
	return simulate(model, emptyState(false), calls, order).map(({ status, body }) =>
		body === undefined || typeof body === "symbol" ? String(status) : `${status} ${JSON.stringify(body)}`,
	);
}

/** For tests: the statuses of what `told` tells. */
export function toldStatuses(model: Model, calls: readonly Call[]): string {
	return told(model, calls)
		.map((line) => line.split(" ")[0])
		.join(" ");
}

/** For tests: a model in a few lines, its resources and then its operations. */
export function outline(model: Model): readonly string[] {
	return [
		...[...model.resources.values()].map(outlineResource),
		...[...model.behaviours.values()].map((behaviour) => outlineBehaviour(behaviour)),
	];
}

export function outlineResource({ name, kind, ordered, parent, key, fields }: Resource): string {
	const all = [...fields.values()];
	const written = all.filter(({ owner }) => owner === "client").map((one) => one.name);
	const owned = all.filter(({ owner }) => owner !== "client").map((one) => `${one.name}:${one.owner}`);
	const order = ordered === true ? " in order" : "";
	const inside = parent === undefined ? "" : ` in ${parent}`;
	const keyed = key === undefined ? "" : `, key ${key.property ?? "of the path"} by the ${key.made}`;
	const listed = [...written, ...owned].join(" ");
	return `${name}: ${kind}${order}${inside}${keyed}${listed === "" ? "" : ` { ${listed} }`}`;
}

export function outlineBehaviour({ operation, effect, reason, answer, guards, takes }: Behaviour): string {
	const what = resourceActedOn(effect) === undefined ? effect.kind : `${effect.kind} ${resourceActedOn(effect)}`;
	const shows = answer.shows === "nothing" || answer.shows === "other" ? "" : ` shows ${answer.shows}${answer.at}`;
	const wrapped = takes === undefined ? "" : ` takes ${takes}`;
	const asks = guards.map((guard) => `${guard.kind}${guard.kind === "exists" ? ` ${guard.resource}` : ""}`).join(", ");
	const because = reason === undefined ? "" : ` (${reason})`;
	return `${operation.method} ${operation.path}: ${what}${wrapped}${shows}${because}${asks === "" ? "" : ` if ${asks}`}`;
}

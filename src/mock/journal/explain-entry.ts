import type { Json } from "../../http/exchange.ts";
import { createMask, type Mask } from "../../http/mask.ts";
import { lawOf } from "../../model/effect-laws.ts";
import { guardLawOf } from "../../model/guard-laws.ts";
import type { Model } from "../../model/model.ts";
import { resourceOf } from "../../model/state.ts";
import { isObject } from "../../model/value.ts";
import type { Answer } from "../answer/answer.ts";
import type { MockRequest } from "../request/mock-request.ts";
import { showEntry } from "../state/edit-state.ts";
import { pathOf } from "../state/snapshot.ts";
import type { StoredChange } from "../store/store.ts";
import { type JournalEntry, readWords, type Trace } from "./journal.ts";

/**
 * One request, its answer, and why it was answered so: the operation that it led to, what is wrong with its input, which
 * guards it passed, what was read and written. Holds no credential.
 */
export function explainEntry(model: Model, entry: JournalEntry): Json {
	const mask = maskFor(model, entry);
	const { number, at, durationMs, request, answer, trace } = entry;
	const exchange = mask.maskExchange({
		request: { method: request.method, path: request.path, headers: request.headers, body: textOf(request.body) },
		answer: { status: answer.status, headers: answer.headers, body: textOf(answer.body) },
		durationMs,
	});
	const why = JSON.parse(mask.maskText(JSON.stringify(whyOf(model, trace)))) as Json;
	const facts = { number, at: new Date(at).toISOString(), durationMs: Math.round(durationMs * 1000) / 1000 };
	return JSON.parse(JSON.stringify({ ...facts, request: exchange.request, answer: exchange.answer, why })) as Json;
}

/** A line of the list: enough to find the one that is meant. */
export function summarizeEntry({ number, at, request, answer, trace }: JournalEntry, model: Model): Json {
	const { method, path } = request;
	const operation = trace.scene?.behaviour.operation.id ?? null;
	const [shown = ""] = path.split("?");
	return {
		number,
		at: new Date(at).toISOString(),
		method,
		path: shown,
		status: answer.status,
		operation,
		why: reasonOf(model, trace),
	};
}

function textOf(body: MockRequest["body"] | Answer["body"]): string {
	if (typeof body === "string") return body;
	if (body === undefined || typeof body === "symbol") return "";
	const text = Buffer.from(body).toString();
	return text.includes("\uFFFD") ? `(${body.length} bytes)` : text;
}

function maskFor(model: Model, { trace }: JournalEntry): Mask {
	const keys = [...model.contract.securitySchemes.values()].flatMap((scheme) =>
		scheme.kind === "api-key" ? [scheme] : [],
	);
	const named = (place: string): readonly string[] =>
		keys.filter((scheme) => scheme.in === place).map(({ parameter }) => parameter);
	const mask = createMask({ headers: named("header"), query: named("query") });
	for (const change of trace.changes ?? []) {
		if (change.kind !== "put" || !isObject(change.entry.value)) continue;
		const fields = model.resources.get(resourceOf(change.container))?.fields;
		for (const [name, value] of Object.entries(change.entry.value)) {
			const field = fields?.get(name);
			const isSecret = field?.credential !== undefined || field?.reveal !== undefined || field?.writeOnly === true;
			if (isSecret && typeof value === "string") mask.addSecret(value, name);
		}
	}
	return mask;
}

function whyOf(model: Model, trace: Trace): Json {
	const { scene, outcome, refused, special, reads, changes = [] } = trace;
	if (scene === undefined || outcome === undefined) {
		return { reason: reasonOf(model, trace), ...(special === undefined ? {} : { special }) };
	}
	const { operation, effect, guards } = scene.behaviour;
	const decided = outcome.guard === undefined ? guards.length : guards.indexOf(outcome.guard);
	return {
		reason: reasonOf(model, trace),
		operation: { id: operation.id, method: operation.method, path: operation.path },
		parameters: { path: scene.call.path, query: scene.call.query } as unknown as Json,
		input: scene.call.flaws.map(({ in: place, at, message }) => ({ in: place, at, message })),
		...(refused === undefined ? {} : { refused }),
		guards: guards.map((guard, index) => ({
			sentence: guardLawOf(guard).sentence(guard, model),
			result: index < decided ? "holds" : index === decided ? "refuses" : "not reached",
		})),
		effect: lawOf(effect).sentence(effect, model),
		read: readWords(reads).map((name) => name.replaceAll('"', "")),
		written: changes.map(describeChange),
		...(special === undefined ? {} : { special }),
	};
}

function reasonOf(model: Model, { scene, outcome, refused, special }: Trace): string {
	if (scene === undefined || outcome === undefined)
		return special ?? "no operation of the document has this method and path";
	const { guard } = outcome;
	if (refused !== undefined && guard === undefined) return refused.message;
	if (guard === undefined) return lawOf(scene.behaviour.effect).sentence(scene.behaviour.effect, model);
	return guardLawOf(guard).sentence(guard, model);
}

function describeChange(change: StoredChange): Json {
	switch (change.kind) {
		case "put":
			return {
				kind: "put",
				in: pathOf(change.container),
				key: change.entry.key as Json,
				value: showEntry(change.entry),
			};
		case "fill":
			return { kind: "fill", in: pathOf(change.container), values: change.entries.map(showEntry) };
		case "delete":
			return { kind: "delete", in: pathOf(change.container), key: change.key as Json };
		case "count":
			return { kind: "count", name: change.name, by: change.by };
		default:
			return { kind: change.kind };
	}
}

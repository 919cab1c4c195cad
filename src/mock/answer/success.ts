import type { MediaType, Response } from "../../contract/contract.ts";
import type { Json } from "../../http/exchange.ts";
import { isJson, isXml } from "../../http/media-type.ts";
import type { Pattern } from "../../model/pattern.ts";
import type { Scene } from "../../model/scene.ts";
import type { Bindings } from "../../model/value.ts";
import { parsePointer } from "../../schema/reference.ts";
import type { Desk } from "../desk.ts";
import type { Answer } from "./answer.ts";
import { fillPattern } from "./fill-pattern.ts";
import { type KnownHeaders, responseHeaders } from "./headers.ts";
import type { KeptAnswers } from "./kept-answers.ts";
import type { MediaPlan } from "./media-plan.ts";
import { type RenderedBody, renderBody } from "./render-body.ts";
import { repair } from "./repair.ts";
import { statelessValue } from "./stateless-value.ts";

/** A success, before it is written. */
export interface Success {
	readonly scene: Scene;
	readonly status: number;
	readonly response: Response | undefined;
	/** The media type that was agreed on; undefined when the answer has no body. */
	readonly media: MediaType | undefined;
	readonly pattern: Pattern;
	readonly bindings: Bindings;
	readonly headers: KnownHeaders;
	/** The URL of the request, without its query. */
	readonly self: string;
}

/** Statuses that never have a body (RFC 9110, sections 15.3.5, 15.3.6, 15.4.5). */
export const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

export interface SuccessMakers {
	readonly planOf: (media: MediaType) => MediaPlan;
	readonly kept: KeptAnswers;
}

/** Writes a success: what the model knows, the rest made up by the schema, and nothing that the document forbids. */
export function successAnswer(desk: Desk, makers: SuccessMakers, success: Success): Answer {
	const { planOf } = makers;
	const { status, response, media } = success;
	const headers = responseHeaders(desk, response, success.headers);
	if (media === undefined || BODILESS.has(status)) return { status, headers };
	const plan = planOf(media);
	const value = bodyValue(desk, plan, { ...success, kept: makers.kept });
	const rendered = value === undefined ? undefined : render(media, value, makers.kept);
	if (rendered === undefined) {
		const message = `an answer of ${media.name} cannot be written; it is sent without a body`;
		desk.notes.add({ code: "no-body", message, source: media.source });
		return { status, headers };
	}
	return { status, headers: { ...headers, "content-type": rendered.contentType }, body: rendered.body };
}

function bodyValue(desk: Desk, plan: MediaPlan, success: Success & { readonly kept: KeptAnswers }): Json | undefined {
	const { scene, pattern, bindings, kept, self } = success;
	const { schema } = plan.media;
	const isOpen = isAnything(pattern);
	const filled = isOpen
		? statelessValue(desk, plan, scene)
		: fillPattern(pattern, schema, { inventor: desk.inventor, bindings, query: scene.call.query, kept, self });
	if (schema === undefined) return filled ?? plan.example()?.value ?? emptyOf(plan.media, success.response);
	if (filled === undefined) return undefined;
	const { answer, operation } = scene.behaviour;
	if (kept.isAdmitted(filled, schema, isOpen ? [] : parsePointer(answer.at))) return filled;
	const [violation] = plan.check(filled);
	if (!isOpen && violation !== undefined) {
		const message = `the answer of ${operation.id} cannot show what is stored: ${violation.pointer || "it"} ${violation.message}`;
		desk.notes.add({ code: "contradiction", message, source: plan.media.source });
	}
	return repair(filled, { schema, check: plan.check, inventor: desk.inventor }) ?? plan.example()?.value ?? filled;
}

function render(media: MediaType, value: Json, kept: KeptAnswers): RenderedBody {
	return isJson(media.name) ? { contentType: media.name, body: kept.render(value) } : renderBody(media, value);
}

/** What is shown where nothing says what is: in a text for people, what the document says of the answer. */
function emptyOf({ name, itemSchema }: MediaType, response: Response | undefined): Json {
	if (itemSchema !== undefined) return [];
	return isJson(name) || isXml(name) ? {} : (response?.description ?? "");
}

/** Whether a pattern knows nothing but where its envelope opens. */
export function isAnything(pattern: Pattern): boolean {
	if (pattern.kind !== "object") return pattern.kind === "any";
	const members = Object.values(pattern.members);
	return members.length > 0 && members.every(isAnything);
}

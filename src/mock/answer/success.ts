import type { MediaType, Response } from "../../contract/contract.ts";
import type { Json } from "../../http/exchange.ts";
import type { Pattern } from "../../model/pattern.ts";
import type { Scene } from "../../model/scene.ts";
import type { Bindings } from "../../model/value.ts";
import type { Desk } from "../desk.ts";
import type { Answer } from "./answer.ts";
import { fillPattern } from "./fill-pattern.ts";
import { type KnownHeaders, responseHeaders } from "./headers.ts";
import type { MediaPlan } from "./media-plan.ts";
import { renderBody } from "./render-body.ts";
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
}

/** Statuses that never have a body (RFC 9110, sections 15.3.5, 15.3.6, 15.4.5). */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/** Writes a success: what the model knows, the rest made up by the schema, and nothing that the document forbids. */
export function successAnswer(desk: Desk, planOf: (media: MediaType) => MediaPlan, success: Success): Answer {
	const { status, response, media } = success;
	const headers = responseHeaders(desk, response, success.headers);
	if (media === undefined || BODILESS.has(status)) return { status, headers };
	const plan = planOf(media);
	const value = bodyValue(desk, plan, success);
	const rendered = value === undefined ? undefined : renderBody(media.name, value);
	if (rendered === undefined) {
		const message = `an answer of ${media.name} cannot be written; it is sent without a body`;
		desk.notes.add({ code: "no-body", message, source: media.source });
		return { status, headers };
	}
	return { status, headers: { ...headers, "content-type": rendered.contentType }, body: rendered.body };
}

function bodyValue(desk: Desk, plan: MediaPlan, success: Success): Json | undefined {
	const { scene, pattern, bindings } = success;
	const { schema } = plan.media;
	const isOpen = isAnything(pattern);
	const filled = isOpen
		? statelessValue(desk, plan, scene)
		: fillPattern(pattern, schema, { inventor: desk.inventor, bindings, query: scene.call.query });
	if (schema === undefined) return filled ?? plan.example()?.value ?? {};
	if (filled === undefined) return undefined;
	const [violation] = plan.check(filled);
	if (violation === undefined) return filled;
	const { operation } = scene.behaviour;
	if (!isOpen) {
		const message = `the answer of ${operation.id} cannot show what is stored: ${violation.pointer || "it"} ${violation.message}`;
		desk.notes.add({ code: "contradiction", message, source: plan.media.source });
	}
	return repair(filled, { schema, check: plan.check, inventor: desk.inventor }) ?? plan.example()?.value ?? filled;
}

/** Whether a pattern knows nothing but where its envelope opens. */
export function isAnything(pattern: Pattern): boolean {
	if (pattern.kind !== "object") return pattern.kind === "any";
	const members = Object.values(pattern.members);
	return members.length > 0 && members.every(isAnything);
}

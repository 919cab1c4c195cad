import type { MediaType, Operation } from "../../contract/contract.ts";
import type { Headers, Json } from "../../http/exchange.ts";
import { isJson, isText, isXml } from "../../http/media-type.ts";
import { isObject } from "../../model/value.ts";
import type { Desk } from "../desk.ts";
import type { Answer } from "./answer.ts";
import { buildErrorBody, type Telling } from "./error-body.ts";
import { PROBLEM_JSON, problemDetails } from "./error-form.ts";
import { type KnownHeaders, responseHeaders } from "./headers.ts";
import type { MediaPlan } from "./media-plan.ts";
import { negotiate } from "./negotiate.ts";
import { type RenderedBody, renderBody } from "./render-body.ts";
import { repair } from "./repair.ts";
import { responseFor } from "./response-for.ts";

/** An error, before it is written. */
export interface Refusal {
	/** Undefined when the request led to none. */
	readonly operation?: Operation | undefined;
	readonly telling: Telling;
	readonly accept?: string | undefined;
	readonly known?: KnownHeaders;
	/** Headers that HTTP itself asks for: `allow`, `www-authenticate`. */
	readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Writes an error in the form that the document gives this status, else in the form that it gives most errors, else as
 * Problem Details (RFC 9457). What a client accepts does not keep it from being told what is wrong.
 */
export function refusalAnswer(desk: Desk, planOf: (media: MediaType) => MediaPlan, refusal: Refusal): Answer {
	const { operation, telling, accept, known = {} } = refusal;
	const response = operation === undefined ? undefined : responseFor(operation, telling.status);
	const content = response?.content ?? [];
	const headers = { ...responseHeaders(desk, response, known), ...refusal.headers };
	if (wantsProblem(content, accept)) return problemAnswer(telling, headers);
	const media = negotiate(content, accept) ?? negotiate(content, undefined);
	const own = media === undefined ? undefined : errorBody(desk, planOf(media), telling);
	const form = own === undefined ? desk.usualForm() : undefined;
	const body = own ?? (form === undefined ? undefined : errorBody(desk, withoutExample(planOf(form)), telling));
	if (body === undefined) return problemAnswer(telling, headers);
	return { status: telling.status, headers: { ...headers, "content-type": body.contentType }, body: body.body };
}

/** All that is wrong, for whoever asks for Problem Details rather than for what is documented. */
function wantsProblem(content: readonly MediaType[], accept: string | undefined): boolean {
	if (accept?.includes(PROBLEM_JSON) !== true) return false;
	return negotiate([...content.map(({ name }) => ({ name })), { name: PROBLEM_JSON }], accept)?.name === PROBLEM_JSON;
}

function problemAnswer(telling: Telling, headers: Headers): Answer {
	const body = JSON.stringify(problemDetails(telling));
	return { status: telling.status, headers: { ...headers, "content-type": PROBLEM_JSON }, body };
}

/** The example of another status would tell a code that is not meant. */
function withoutExample(plan: MediaPlan): MediaPlan {
	return { ...plan, example: () => undefined };
}

function errorBody(desk: Desk, plan: MediaPlan, telling: Telling): RenderedBody | undefined {
	const { media, check } = plan;
	const { schema } = media;
	// A page for people says what is wrong.
	const isPage = isText(media.name) && !isJson(media.name) && !isXml(media.name);
	if (schema === undefined) {
		return renderBody(media, plan.example()?.value ?? (isPage ? telling.message : problemDetails(telling)));
	}
	const { identifying, inventor, validation } = desk;
	const form = { schema, example: plan.example()?.value, identifying: identifying(), inventor, validation };
	const built = buildErrorBody(form, telling);
	const value =
		built === undefined || check(built).length === 0 ? built : mended(built, { schema, check, inventor }, plan);
	if (value === undefined) return undefined;
	return renderBody(media, isPage && isObject(value) ? telling.message : value);
}

function mended(built: Json, repairing: Parameters<typeof repair>[1], plan: MediaPlan): Json | undefined {
	return repair(built, repairing) ?? plan.example()?.value;
}

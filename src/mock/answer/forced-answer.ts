import type { MediaType, Operation, Response } from "../../contract/contract.ts";
import type { Json } from "../../http/exchange.ts";
import type { Scene } from "../../model/scene.ts";
import type { Desk } from "../desk.ts";
import type { Preference } from "../request/preference.ts";
import type { Answer } from "./answer.ts";
import { responseHeaders } from "./headers.ts";
import type { MediaPlan } from "./media-plan.ts";
import { negotiate } from "./negotiate.ts";
import { renderBody } from "./render-body.ts";
import { repair } from "./repair.ts";
import { responseFor } from "./response-for.ts";
import { statelessValue } from "./stateless-value.ts";
import { BODILESS } from "./success.ts";

/** An answer that somebody asked for, whatever the state is. */
export interface Forcing {
	readonly operation: Operation;
	readonly scene: Scene;
	readonly accept: string | undefined;
	readonly wanted: Pick<Preference, "code" | "example" | "dynamic">;
	/** The answer when what was asked for is not documented, or cannot be had. */
	readonly refuse: (status: number, message: string) => Answer;
	/** An error in the document's form, for a status that has no example. */
	readonly tell: (status: number, message: string) => Answer;
}

/**
 * Answers with a documented status and its example, else with something made up. Nothing is read or written.
 *
 * @example forcedAnswer(desk, planOf, { wanted: { code: 404 }, … })
 */
export function forcedAnswer(desk: Desk, planOf: (media: MediaType) => MediaPlan, forcing: Forcing): Answer {
	const { operation, wanted, accept, refuse, tell } = forcing;
	const status = wanted.code ?? usualStatus(operation);
	const response = responseFor(operation, status);
	if (response === undefined)
		return refuse(404, `${operation.id} documents no ${status}${listed(operation.responses)}`);
	if (response.content.length === 0 || BODILESS.has(status)) {
		if (wanted.example !== undefined) return refuse(404, `The ${status} has no body`);
		return { status, headers: responseHeaders(desk, response, {}) };
	}
	// An error is told whatever the client accepts.
	const media =
		negotiate(response.content, accept) ?? (status < 400 ? undefined : negotiate(response.content, undefined));
	if (media === undefined) return refuse(406, `The answer is ${response.content.map(({ name }) => name).join(" or ")}`);
	const missing = wanted.example === undefined ? undefined : exampleFault(media, wanted.example);
	if (missing !== undefined) return refuse(404, `The ${status} as ${missing}`);
	const value = forcedValue(desk, planOf(media), forcing);
	if (value === undefined && status >= 400) return tell(status, response.description);
	return writeForced(desk, { status, response, media, value });
}

interface Forced {
	readonly status: number;
	readonly response: Response;
	readonly media: MediaType;
	readonly value: Json | undefined;
}

function writeForced(desk: Desk, { status, response, media, value }: Forced): Answer {
	const headers = responseHeaders(desk, response, {});
	const rendered = value === undefined ? undefined : renderBody(media, value);
	if (rendered === undefined) return { status, headers };
	return { status, headers: { ...headers, "content-type": rendered.contentType }, body: rendered.body };
}

function exampleFault(media: MediaType, wanted: string): string | undefined {
	if (exampleNamed(media, wanted) !== undefined) return undefined;
	const names = media.examples.map(({ name }) => name);
	const there = names.length === 0 ? "there is none" : `there are ${names.join(", ")}`;
	return `${media.name} has no example "${wanted}"; ${there}`;
}

/** The lowest success that is documented. */
function usualStatus({ responses }: Operation): number {
	const exact = responses.map(({ status }) => Number(status)).filter((status) => status >= 200 && status < 300);
	return exact.length === 0 ? 200 : Math.min(...exact);
}

function listed(responses: readonly Response[]): string {
	return responses.length === 0 ? "" : `; there are ${responses.map(({ status }) => status).join(", ")}`;
}

function exampleNamed({ examples }: MediaType, name: string): { readonly value: Json } | undefined {
	const found = examples.find((example) => example.name === name);
	return found === undefined ? undefined : { value: found.value as Json };
}

function forcedValue(desk: Desk, plan: MediaPlan, { wanted, scene, operation }: Forcing): Json | undefined {
	const { schema } = plan.media;
	const named = wanted.example === undefined ? undefined : exampleNamed(plan.media, wanted.example);
	if (named !== undefined) return admitted(desk, plan, named.value);
	if (wanted.dynamic === true && schema !== undefined) {
		const counter = `dynamic/${operation.id}`;
		const label = `${operation.id} ${desk.store.view.counter(counter)}`;
		desk.store.apply([{ kind: "count", name: counter, by: 1 }]);
		return desk.inventor.inventAnew(schema, label);
	}
	const example = plan.example();
	if (example !== undefined) return example.value;
	return wanted.code !== undefined && wanted.code >= 400 ? undefined : statelessValue(desk, plan, scene);
}

/** An example that its own schema forbids is served as far as it is allowed. */
function admitted({ inventor }: Desk, { media, check }: MediaPlan, value: Json): Json | undefined {
	if (media.schema === undefined || check(value).length === 0) return value;
	return repair(value, { schema: media.schema, check, inventor });
}

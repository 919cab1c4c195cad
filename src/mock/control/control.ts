import { UserError } from "../../problem/problem.ts";
import type { Answer } from "../answer/answer.ts";
import type { Mock } from "../mock.ts";
import { type MockRequest, TOO_LARGE } from "../request/mock-request.ts";
import { splitTarget } from "../request/split-target.ts";
import { refuseStranger } from "./admission.ts";
import { createApiControl } from "./control-api.ts";
import { type ControlCall, DONE, type Handler, mistake } from "./handler.ts";
import { json } from "./json-answer.ts";
import { CONTROL_PAGE } from "./page.ts";
import { CONTROL_PATH } from "./path.ts";

/** Shows and changes what a mock holds and does. Never for strangers: only for this machine, or who has the token. */
export interface Control {
	/** @param remoteAddress of the connection */
	answer(request: MockRequest, remoteAddress: string | undefined): Answer;
}

export interface ControlOptions {
	/** Named as in paths; the only one needs no name. */
	readonly apis: () => readonly ControlledApi[];
	/** Whoever has it may come from anywhere, and nobody else. */
	readonly token?: string | undefined;
}

export interface ControlledApi {
	readonly name: string;
	readonly mock: Mock;
}

/** @example createControl({ apis: () => [{ name: "shop", mock }] }).answer(request, "127.0.0.1") */
export function createControl({ apis, token }: ControlOptions): Control {
	const known = new WeakMap<Mock, Handler>();
	const controlOf = (mock: Mock): Handler => {
		const control = known.get(mock) ?? createApiControl(mock);
		known.set(mock, control);
		return control;
	};
	return {
		answer: (request, remoteAddress) => {
			const stranger = refuseStranger(request, { remoteAddress, token });
			if (stranger !== undefined) return json(stranger.status, { error: stranger.message });
			const [path, query] = splitTarget(request.path.slice(CONTROL_PATH.length));
			const steps = path.split("/").filter((step) => step !== "");
			if (steps.length === 0) return index(request, apis());
			try {
				const call = { method: request.method, steps, query: new URLSearchParams(query), body: readBody(request) };
				return route(call, apis(), controlOf);
			} catch (error) {
				if (!(error instanceof UserError)) throw error;
				return json(400, { errors: error.problems.map(({ message, hint }) => ({ message, hint })) });
			}
		},
	};
}

function route(call: ControlCall, apis: readonly ControlledApi[], controlOf: (mock: Mock) => Handler): Answer {
	const [first, ...rest] = call.steps;
	const named = apis.find(({ name }) => name === first);
	if (named !== undefined) return controlOf(named.mock)({ ...call, steps: rest });
	const [only, ...others] = apis;
	if (only !== undefined && others.length === 0) return controlOf(only.mock)(call);
	// What needs no API is done to all of them.
	if (first === "reset" && rest.length === 0 && call.method === "POST") {
		for (const { mock } of apis) mock.reset();
		return DONE;
	}
	return json(404, { error: `there is no API "${first}"`, apis: apis.map(({ name }) => name) });
}

function index({ headers }: MockRequest, apis: readonly ControlledApi[]): Answer {
	if (headers.accept?.includes("text/html") === true) return { status: 200, headers: PAGE_HEADERS, body: CONTROL_PAGE };
	const shown = apis.map(({ name, mock }) => {
		const { title, version, operations } = mock.model.contract;
		return { name, title, version, operations: operations.length };
	});
	return json(200, { apis: shown });
}

/** The page needs nothing from elsewhere, and stands in no other page. */
const PAGE_HEADERS = {
	"content-type": "text/html; charset=utf-8",
	"content-security-policy": [
		"default-src 'none'",
		"script-src 'unsafe-inline'",
		"style-src 'unsafe-inline'",
		"connect-src 'self'",
		"frame-ancestors 'none'",
		"base-uri 'none'",
	].join("; "),
	"referrer-policy": "no-referrer",
	"x-content-type-options": "nosniff",
};

function readBody({ body }: MockRequest): unknown {
	if (body === TOO_LARGE) throw mistake("the body is too large");
	const text = body === undefined ? "" : Buffer.from(body as Uint8Array).toString();
	if (text === "") return undefined;
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw mistake(`the body is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
	}
}

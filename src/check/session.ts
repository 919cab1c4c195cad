import { setTimeout } from "node:timers/promises";
import type { Contract, Operation, Parameter } from "../contract/contract.ts";
import { renderCurl } from "../http/curl.ts";
import { encodeBody } from "../http/encode-body.ts";
import { type Exchange, type HttpAnswer, type HttpRequest, isAnswer, type Json } from "../http/exchange.ts";
import { createMask, type Mask } from "../http/mask.ts";
import { createSender, type Sender } from "../http/send.ts";
import { serializeParameter } from "../http/serialize-parameter.ts";
import type { Call } from "../model/call.ts";
import type { Told } from "../model/judge.ts";
import { type Behaviour, behaviourOf, type Model } from "../model/model.ts";
import { secretsIn } from "../model/secret.ts";
import { type Bindings, concretize, isObject, type Value } from "../model/value.ts";
import { bodyOf, toldBody } from "./answer-shape.ts";
import type { Renew } from "./callers.ts";
import { applyCredentials, type Keyring, ownerOf } from "./keyring.ts";
import { createPatience } from "./patience.ts";
import { takePulse } from "./pulse.ts";
import { createRenewing } from "./renewing.ts";

/** One call that was really made. */
export interface Turn {
	readonly call: Call;
	/** Secrets masked. */
	readonly exchange: Exchange;
	readonly curl: string;
	/** What the model judges; undefined when no answer came. */
	readonly told: Told | undefined;
	/** The answer as it came, for judging its shape; never kept. */
	readonly answer: HttpAnswer | undefined;
	/** Its body, parsed where it is JSON; never kept. */
	readonly body: Json | undefined;
	/** It was sent otherwise than the operation is documented: no answer of the operation's own may be expected. */
	readonly isProbe?: boolean;
}

/** What is sent in the place of what a call stands for. */
export type Bend = (request: HttpRequest) => HttpRequest;

/** The connection of one run to its target. */
export interface Session {
	readonly model: Model;
	readonly mask: Mask;
	/** Sends a call; undefined when it names something of the server's that is not known. */
	send(call: Call, bindings: Bindings): Promise<Turn | undefined>;
	/** Sends a call that may be one too many: what refuses it is wanted, and is not waited for. */
	provoke(call: Call, bindings: Bindings): Promise<Turn | undefined>;
	/** Sends a call bent into what its operation does not document: another method, another form. */
	probe(call: Call, bindings: Bindings, bend: Bend): Promise<Turn | undefined>;
	/** Told of every exchange, as it happens. */
	onTurn(listener: (turn: Turn) => void): void;
	readonly count: () => number;
	/** Why nothing more should be sent; undefined as long as the target answers. */
	readonly lost: () => string | undefined;
	/** How long the run has waited because the service asked it to, in milliseconds. */
	readonly waitedMs: () => number;
	close(): Promise<void>;
}

export interface SessionOptions {
	readonly model: Model;
	readonly target: string;
	readonly keyring: Keyring;
	/** Gets a caller whose credential is refused another, where it can log in. */
	readonly renew?: Renew;
	readonly timeoutMs: number;
	/** At most so many exchanges a second. */
	readonly rate?: number;
}

const BODY_BYTES_MAX = 4 * 1024 * 1024;
const CONNECTIONS = 4;

export function openSession(options: SessionOptions): Session {
	const { model, target } = options;
	const renewal = createRenewing(options);
	const sender = createSender({
		baseUrl: target,
		timeoutMs: options.timeoutMs,
		maxBodyBytes: BODY_BYTES_MAX,
		connections: CONNECTIONS,
	});
	const mask = createMask(credentialNames(model.contract));
	for (const { value, label } of options.keyring.secrets) mask.addSecret(value, label);
	const listeners: ((turn: Turn) => void)[] = [];
	let count = 0;
	const pace = createPace(options.rate);
	const pulse = takePulse();
	const patience = createPatience();
	const prepare = (call: Call, bindings: Bindings, bend: Bend = (request) => request): Prepared | undefined => {
		const concrete = concretizeCall(call, bindings);
		if (concrete === undefined) return undefined;
		for (const { name, value } of secretsIn(model, concrete.body)) mask.addSecret(value, name);
		const behaviour = behaviourOf(model, call.operation);
		return { behaviour, write: () => bend(requestOf(behaviour.operation, concrete, renewal.keyring())) };
	};
	/** Sent once, or again with another credential where a right one has become too old. */
	const exchange = async (call: Call, { write }: Prepared): Promise<Turn> => {
		const once = { sender, mask, model, target, call };
		const sent = await exchangeOnce({ ...once, request: write() });
		if (!(await renewal.isRenewed(sent, mask))) return sent;
		count++;
		const again = await exchangeOnce({ ...once, request: write() });
		renewal.note(again);
		return again;
	};
	const transmit = async (call: Call, prepared: Prepared, isProbe: boolean): Promise<Turn> => {
		const { behaviour } = prepared;
		const provoked = prepared.provoked === true || isProvoked(behaviour);
		for (let tries = 1; ; tries++) {
			await pace();
			const sent = await exchange(call, prepared);
			const turn: Turn = isProbe ? { ...sent, isProbe } : sent;
			count++;
			pulse.note(turn, provoked);
			for (const listener of listeners) listener(turn);
			if (provoked || !(await patience.wait(turn.answer, tries))) return turn;
		}
	};
	return {
		model,
		mask,
		count: () => count,
		lost: pulse.lost,
		waitedMs: patience.waited,
		onTurn: (listener) => void listeners.push(listener),
		close: () => sender.close(),
		send: async (call, bindings) => {
			const prepared = prepare(call, bindings);
			return prepared === undefined ? undefined : transmit(call, prepared, false);
		},
		provoke: async (call, bindings) => {
			const prepared = prepare(call, bindings);
			return prepared === undefined ? undefined : transmit(call, { ...prepared, provoked: true }, false);
		},
		probe: async (call, bindings, bend) => {
			const prepared = prepare(call, bindings, bend);
			return prepared === undefined ? undefined : transmit(call, prepared, true);
		},
	};
}

/** Waits so long that there are at most so many exchanges a second. */
function createPace(rate: number | undefined): () => Promise<void> {
	let nextAt = 0;
	return async () => {
		if (rate === undefined) return;
		const now = performance.now();
		const at = Math.max(now, nextAt);
		nextAt = at + 1_000 / rate;
		if (at > now) await setTimeout(at - now);
	};
}

interface Prepared {
	readonly behaviour: Behaviour;
	/** The request, with the credentials of this moment. */
	readonly write: () => HttpRequest;
	readonly provoked?: boolean;
}

/** Where a limit is documented we go beyond it on purpose. */
function isProvoked({ guards }: Behaviour): boolean {
	return guards.some(({ kind }) => kind === "limit");
}

interface Sending {
	readonly sender: Sender;
	readonly mask: Mask;
	readonly model: Model;
	readonly target: string;
	readonly call: Call;
	readonly request: HttpRequest;
}

async function exchangeOnce({ sender, mask, model, target, call, request }: Sending): Promise<Turn> {
	const { answer, durationMs } = await sender.send(request);
	const body = isAnswer(answer) ? bodyOf(answer) : undefined;
	// What an answer reveals is masked in that very answer.
	for (const { name, value } of secretsIn(model, body)) mask.addSecret(value, name);
	const exchange = mask.maskExchange({ request, answer: isAnswer(answer) ? cut(answer) : answer, durationMs });
	const curl = renderCurl(exchange.request, target);
	if (!isAnswer(answer)) return { call, exchange, curl, told: undefined, answer: undefined, body: undefined };
	const { operation } = behaviourOf(model, call.operation);
	const told: Told = { call, status: answer.status, body: toldBody(operation, answer, body), headers: answer.headers };
	return { call, exchange, curl, told, answer, body };
}

/** No proof needs more of a body than a person reads. */
const KEPT_MAX = 32_768;

function cut(answer: HttpAnswer): HttpAnswer {
	return answer.body.length <= KEPT_MAX ? answer : { ...answer, body: answer.body.slice(0, KEPT_MAX), truncated: true };
}

/** The call with every symbol replaced by what it turned out to be. */
function concretizeCall(call: Call, bindings: Bindings): Call | undefined {
	const parts = concretize(
		{
			path: call.path,
			query: call.query,
			header: call.header,
			...(call.cookie === undefined ? {} : { cookie: call.cookie }),
			...(call.body === undefined ? {} : { body: call.body }),
		},
		bindings,
	);
	if (!isObject(parts)) return undefined;
	const known = parts as Pick<Call, "path" | "query" | "header" | "cookie" | "body">;
	const credentials: [string, Call["credentials"][string]][] = [];
	for (const [scheme, credential] of Object.entries(call.credentials)) {
		const value = credential.kind === "value" ? concretize(credential.value, bindings) : "";
		if (value === undefined) return undefined;
		credentials.push([scheme, credential.kind === "value" ? { ...credential, value } : credential]);
	}
	return { ...call, ...known, credentials: Object.fromEntries(credentials) };
}

/** The request that a call is on the wire. */
export function requestOf(operation: Operation, call: Call, keyring: Keyring): HttpRequest {
	const encoded =
		call.body === undefined ? undefined : encodeBody(call.mediaType ?? "application/json", call.body as Json);
	const written = writeParameters(operation, call);
	const contentType = encoded === undefined ? {} : { "content-type": encoded.contentType };
	const given = operation.isSilentOnSecurity === true ? ownerOf(call, keyring).given : {};
	const headers = { accept: "application/json, */*;q=0.5", ...given, ...written.headers, ...contentType };
	const signed = applyCredentials({ ...written, headers }, call, keyring);
	const path = signed.query.length === 0 ? signed.path : `${signed.path}?${signed.query.join("&")}`;
	return {
		method: operation.method,
		path,
		headers: signed.headers,
		...(encoded === undefined ? {} : { body: encoded.body }),
	};
}

function writeParameters(
	operation: Operation,
	call: Call,
): { path: string; query: string[]; headers: Record<string, string> } {
	const written = {
		// A path key has a slash in front (OpenAPI, Paths Object); one that has none means the same place.
		path: (operation.path.split(/[?#]/)[0] ?? "").replace(/^(?!\/)/, "/"),
		query: [] as string[],
		headers: {} as Record<string, string>,
	};
	const cookies: string[] = [];
	for (const parameter of operation.parameters) {
		const value = sentIn(call, parameter);
		const text = value === undefined ? undefined : serializeParameter(parameter, value as Json);
		if (text === undefined) continue;
		if (parameter.in === "path") written.path = written.path.replace(`{${parameter.name}}`, () => text);
		else if (parameter.in === "header") written.headers[parameter.name.toLowerCase()] = text;
		else if (parameter.in === "cookie") cookies.push(text);
		else written.query.push(text);
	}
	if (cookies.length > 0) written.headers.cookie = cookies.join("; ");
	return written;
}

function sentIn(call: Call, { name, in: place }: Parameter): Value | undefined {
	return place === "path" || place === "header" || place === "cookie" ? call[place]?.[name] : call.query[name];
}

function credentialNames(contract: Contract): { headers: readonly string[]; query: readonly string[] } {
	const keys = [...contract.securitySchemes.values()].flatMap((scheme) => (scheme.kind === "api-key" ? [scheme] : []));
	return {
		headers: keys.filter((key) => key.in === "header").map((key) => key.parameter),
		query: keys.filter((key) => key.in === "query").map((key) => key.parameter),
	};
}

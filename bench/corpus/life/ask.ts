import type { Contract, Operation } from "../../../src/contract/contract.ts";
import { jsonOf, type Received, type Send, type Sent } from "../client.ts";
import type { Judge, Judges } from "../independent-document.ts";
import { createPathValues, type PathValues } from "../path-values.ts";
import { createRequestMaker, type RequestMaker } from "../request.ts";

/** Sends well-formed requests of operations, as one caller or as another. */
export interface Asker {
	readonly values: PathValues;
	readonly judge: Judge;
	/** Judges answers. */
	readonly judgeAnswer: Judge;
	readonly maker: RequestMaker;
	ask(operation: Operation, path: ReadonlyMap<string, unknown>, more?: Asking): Promise<Asked>;
}

export interface Asking {
	/** Another attempt, other values; 0 when not given. */
	readonly attempt?: number;
	/** Query parameters besides the required ones, as they travel. */
	readonly query?: string;
	/** As somebody of another tenant. */
	readonly asOther?: boolean;
}

export type Asked =
	| { readonly kind: "answered"; readonly received: Received; readonly json: unknown; readonly body: unknown }
	/** No well-formed request can be made, or nothing came back. */
	| { readonly kind: "none"; readonly reason: string };

export function createAsker(contract: Contract, { request: judge, response: judgeAnswer }: Judges, send: Send): Asker {
	const maker = createRequestMaker(contract, judge);
	const ask: Asker["ask"] = async (operation, path, { attempt = 0, query, asOther = false } = {}) => {
		const made = await maker.make(operation, path, attempt);
		if (made.kind === "none") return made;
		const asked = query === undefined ? made.sent : withQuery(made.sent, query);
		const received = await send(asOther ? ofOther(asked) : asked);
		if (received === undefined) return { kind: "none", reason: "no answer" };
		return { kind: "answered", received, json: jsonOf(received), body: made.body };
	};
	const values = createPathValues({
		operations: contract.operations,
		maker,
		judge,
		ask: async (operation, path, attempt) => {
			const asked = await ask(operation, path, { attempt });
			return asked.kind === "none" ? undefined : asked.received;
		},
	});
	return { values, judge, judgeAnswer, maker, ask };
}

function withQuery(sent: Sent, query: string): Sent {
	return { ...sent, path: `${sent.path}${sent.path.includes("?") ? "&" : "?"}${query}` };
}

/** The credentials that the scenario gives to the two callers, by how they are sent. */
export const CREDENTIALS = {
	own: { key: "corpus-key", token: "corpus-token", basic: "corpus:secret" },
	other: { key: "other-key", token: "other-token", basic: "other:secret" },
} as const;

function ofOther(sent: Sent): Sent {
	const { own, other } = CREDENTIALS;
	const encoded = (text: string): string => Buffer.from(text).toString("base64");
	const swap = (text: string): string =>
		text
			.replaceAll(own.key, other.key)
			.replaceAll(own.token, other.token)
			.replaceAll(encoded(own.basic), encoded(other.basic));
	const headers = Object.entries(sent.headers).map(([name, value]) => [name, swap(value)] as const);
	return { ...sent, path: swap(sent.path), headers: Object.fromEntries(headers) };
}

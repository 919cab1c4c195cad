import type { SecurityScheme } from "../../contract/contract.ts";
import type { Step } from "../../finding/finding.ts";
import { renderCurl } from "../../http/curl.ts";
import { type Exchange, type Headers, isAnswer } from "../../http/exchange.ts";
import { createMask, type Mask } from "../../http/mask.ts";
import { findRequestFault } from "../../http/request-fault.ts";
import { createSender, type Sender } from "../../http/send.ts";
import { secretsIn } from "../../model/secret.ts";
import { agrees, type Docket, disagrees, type Hearing, type Said, undecided } from "../docket.ts";
import { operationName, type Ruling } from "../draft.ts";
import { type Comparison, compareAnswer } from "./compare-answer.ts";
import { type Planned, planRequests } from "./plan-requests.ts";

export interface TargetOptions {
	/** The base to which the document's paths are appended. */
	readonly target: string;
	/** Sent with every request; names in lower case. */
	readonly headers: Headers;
	readonly timeoutMs: number;
	readonly disposable: boolean;
	/** Aborted when the user wants to stop. */
	readonly signal: AbortSignal;
}

export interface Asked {
	readonly rulings: readonly Ruling[];
	readonly exchanges: number;
}

const BODY_BYTES_MAX = 5_000_000;
/** A request that changes nothing is sent so often before its answer is believed to differ. */
const TRIES = 3;

/**
 * Sends the requests that pages show, as far as they may be sent, and holds the answers against what the pages show.
 *
 * @throws UserError when the target's URL cannot be used
 */
export async function askTarget(docket: Docket, options: TargetOptions): Promise<Asked> {
	const { target: baseUrl, headers, timeoutMs } = options;
	const sender = createSender({ baseUrl, headers, timeoutMs, maxBodyBytes: BODY_BYTES_MAX, connections: 1 });
	const asking: Asking = { sender, options, mask: maskFor(docket, headers), count: 0 };
	try {
		const rulings: Ruling[] = [];
		for (const reading of docket.readings) {
			const hearing = { ...docket, reading };
			const given = Object.keys(headers);
			for (const planned of planRequests(hearing, { disposable: options.disposable, given })) {
				if (options.signal.aborted) break;
				rulings.push(...(await ask(asking, hearing, planned)));
			}
		}
		return { rulings, exchanges: asking.count };
	} finally {
		await sender.close();
	}
}

interface Asking {
	readonly sender: Sender;
	readonly options: TargetOptions;
	readonly mask: Mask;
	count: number;
}

function maskFor({ contract }: Docket, headers: Headers): Mask {
	const keys = [...contract.securitySchemes.values()].flatMap((scheme) => (scheme.kind === "api-key" ? [scheme] : []));
	const namesIn = (place: "header" | "query"): readonly string[] =>
		keys
			.filter((scheme) => scheme.in === place)
			.map(({ parameter }: SecurityScheme & { readonly parameter: string }) => parameter);
	const mask = createMask({ headers: namesIn("header"), query: namesIn("query") });
	for (const [name, value] of Object.entries(headers)) mask.addSecret(value, name);
	return mask;
}

async function ask(asking: Asking, hearing: Hearing, planned: Planned): Promise<readonly Ruling[]> {
	const { operation, snippet } = planned;
	const said: Said = {
		rule: "page-answer",
		operation: operationName(operation),
		says: "is answered as the page shows",
		line: snippet.line,
		quote: `${snippet.method} ${snippet.path.raw}`,
	};
	if (planned.kind === "skip") return [undecided(hearing, said, planned.reason)];
	if (findRequestFault(planned.request) !== undefined)
		return [undecided(hearing, said, "the request cannot be put on the wire")];
	const first = await tryOnce(asking, hearing, planned);
	if (first.comparison.kind === "undecided") return [undecided(hearing, said, first.comparison.reason)];
	if (first.comparison.kind === "alike") return [agrees(hearing, said)];
	// A service may have a bad moment; what changes data cannot be asked twice.
	for (let count = 1; planned.isSafe && count < TRIES; count++) {
		const again = await tryOnce(asking, hearing, planned);
		if (JSON.stringify(again.comparison) !== JSON.stringify(first.comparison))
			return [undecided(hearing, said, "the target does not answer the same every time")];
	}
	return first.comparison.differences.map((difference) => {
		const { page, service, line, subject } = difference;
		const about = subject === undefined ? "" : ` at ${subject}`;
		return disagrees(
			hearing,
			{ ...said, line, ...(subject === undefined ? {} : { subject }) },
			{
				level: "drift",
				documented: page,
				observed: service,
				message: `The page shows "${page}"${about} for ${operation.method} ${operation.path}; the service shows "${service}".`,
				repair: `Let the page show what the service does: ${service}.`,
				evidence: [{ ...first.step, predicted: page, observed: service }],
			},
		);
	});
}

interface Trial {
	readonly comparison: Comparison;
	readonly step: Step;
}

async function tryOnce(asking: Asking, hearing: Hearing, planned: Planned & { readonly kind: "send" }): Promise<Trial> {
	const { request, operation, snippet } = planned;
	const { answer, durationMs } = await asking.sender.send(request);
	asking.count++;
	const sent = { ...request, headers: { ...asking.options.headers, ...request.headers } };
	const exchange = maskAll(asking, hearing, { request: sent, answer, durationMs });
	const curl = renderCurl(exchange.request, asking.options.target);
	const step: Step = { operation: operation.id, exchange, curl, parts: true };
	if (!isAnswer(answer)) return { step, comparison: { kind: "undecided", reason: `no answer: ${answer.message}` } };
	const hasItem = operation.path.includes("{");
	return { step, comparison: compareAnswer(hearing, { operation, line: snippet.line, hasItem }, answer) };
}

/** Secrets that an answer reveals are masked before anything is kept. */
function maskAll({ mask }: Asking, { model }: Hearing, exchange: Exchange): Exchange {
	if (isAnswer(exchange.answer)) {
		try {
			for (const { name, value } of secretsIn(model, JSON.parse(exchange.answer.body))) mask.addSecret(value, name);
		} catch {
			// What is no JSON holds no field.
		}
	}
	return mask.maskExchange(exchange);
}

import type { HttpRequest } from "../http/exchange.ts";
import type { Call } from "../model/call.ts";
import { resourceActedOn } from "../model/effect.ts";
import { behaviourOf } from "../model/model.ts";
import { conform } from "./conform.ts";
import { type Desk, report } from "./desk.ts";
import { type Stage, setStage, strike } from "./stage.ts";

/**
 * Reads everything once more as a client does that takes whatever comes (`Accept: any type`, what curl and most libraries
 * send), with an item that is there and with one that is not: many a service has its documented media type only for
 * those who ask for it by name.
 */
export async function tryAccept(desk: Desk): Promise<void> {
	for (const [index, id] of [...desk.operations].entries()) {
		if (desk.stopReason() !== undefined) return;
		const { operation } = behaviourOf(desk.model, id);
		const names = operation.responses.some(({ content }) => content.length > 0);
		if (operation.method !== "GET" || !names) continue;
		const staged = await setStage(desk, id, `a${index}`);
		if (!staged.ok) continue;
		for (const call of [staged.stage.happy, astray(desk, staged.stage)])
			if (call !== undefined) await readAnything(desk, staged.stage, call);
		await strike(desk, staged.stage, []);
	}
}

async function readAnything(desk: Desk, stage: Stage, call: Call): Promise<void> {
	const bindings = stage.worlds[0]?.bindings ?? new Map();
	const turn = await desk.session.probe(call, bindings, takingAnything);
	const { operation } = behaviourOf(desk.model, call.operation);
	const drafts = turn === undefined ? [] : conform(operation, turn, desk.validation);
	// Everything else of such an answer is judged where it is asked for as documented.
	report(
		desk,
		drafts.filter(({ rule }) => rule === "content-type-conformance"),
	);
}

function takingAnything(request: HttpRequest): HttpRequest {
	return { ...request, headers: { ...request.headers, accept: "*/*" } };
}

/** The call for an item that nobody made. */
function astray(desk: Desk, { happy, source }: Stage): Call | undefined {
	const { effect, keys } = behaviourOf(desk.model, happy.operation);
	const resource = resourceActedOn(effect) ?? [...keys.keys()].at(-1);
	const parameter = resource === undefined ? undefined : keys.get(resource);
	const key = resource === undefined || parameter === undefined ? undefined : source.fresh(resource);
	return parameter === undefined || key === undefined
		? undefined
		: { ...happy, path: { ...happy.path, [parameter]: key } };
}

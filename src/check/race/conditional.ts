import type { Operation, Parameter } from "../../contract/contract.ts";
import type { Call } from "../../model/call.ts";
import { type Behaviour, behaviourOf } from "../../model/model.ts";
import { stepOf } from "../conform.ts";
import { type Desk, report } from "../desk.ts";
import type { Draft } from "../draft.ts";
import type { Turn } from "../session.ts";
import { play, type Stage, setStage, strike } from "../stage.ts";

/**
 * Holds conditional requests to their promise (RFC 9110, section 13.1.1): of two writes that name the same version one
 * is refused, one after the other as at the same time. Tried where the document has If-Match and answers show an ETag.
 */
export async function tryConditional(desk: Desk, id: string): Promise<void> {
	const behaviour = behaviourOf(desk.model, id);
	const parameter = behaviour.operation.parameters.find(isIfMatch);
	const reader = parameter === undefined ? undefined : readerAt(desk, behaviour.operation);
	if (parameter === undefined || reader === undefined) return;
	for (const way of ["one after the other", "at the same time"] as const) {
		const staged = await setStage(desk, id, `i${desk.serial()}`);
		if (!staged.ok) return;
		const { stage } = staged;
		const turns = await writeTwice(desk, stage, { parameter, reader, way });
		await strike(desk, stage, turns ?? []);
		if (turns === undefined) {
			desk.notes.push(`${id} takes If-Match, and no answer showed an ETag to send with it`);
			return;
		}
		if (turns.filter(isDone).length < 2) continue;
		report(desk, [draftOf(behaviour.operation, { parameter, turns, way })]);
		return;
	}
}

function isIfMatch(parameter: Parameter): boolean {
	return parameter.in === "header" && parameter.name.toLowerCase() === "if-match";
}

function readerAt({ model }: Desk, { path }: Operation): Behaviour | undefined {
	return [...model.behaviours.values()].find(
		({ operation, effect }) => operation.path === path && operation.method === "GET" && effect.kind === "read",
	);
}

interface Twice {
	readonly parameter: Parameter;
	readonly reader: Behaviour;
	readonly way: "one after the other" | "at the same time";
}

/** The read that shows the version, and two writes that name it; undefined when no version is shown. */
async function writeTwice(
	desk: Desk,
	stage: Stage,
	{ parameter, reader, way }: Twice,
): Promise<readonly Turn[] | undefined> {
	const { happy } = stage;
	const { body: _, mediaType: __, ...aimed } = happy;
	const read = await play(desk, stage, { ...aimed, operation: reader.operation.id, header: {} });
	const version = read?.answer?.headers.etag;
	if (read === undefined || version === undefined) return undefined;
	const naming = (): Call => {
		const body = stage.source.body(happy.operation, "all");
		const header = { ...happy.header, [parameter.name]: version };
		return { ...happy, header, ...(body === undefined ? {} : { body }) };
	};
	const calls = [naming(), naming()];
	const bindings = stage.worlds[0]?.bindings ?? new Map();
	const sent: (Turn | undefined)[] = [];
	if (way === "at the same time")
		sent.push(...(await Promise.all(calls.map((call) => desk.session.send(call, bindings)))));
	else for (const call of calls) sent.push(await desk.session.send(call, bindings));
	return [read, ...sent.filter((turn) => turn !== undefined)];
}

/** The read is no write. */
function isDone({ told, exchange }: Turn): boolean {
	return exchange.request.method !== "GET" && told !== undefined && told.status >= 200 && told.status < 300;
}

function draftOf(
	{ id, method, path }: Operation,
	{ parameter, turns, way }: Pick<Twice, "parameter" | "way"> & { readonly turns: readonly Turn[] },
): Draft {
	const isIgnored = way === "one after the other";
	return {
		rule: "race",
		level: "drift",
		operation: id,
		subject: parameter.name,
		documented: "a write that names an old version is refused",
		observed: isIgnored ? "If-Match is ignored" : "If-Match lets two writes of one version through",
		message: `${method} ${path} takes If-Match, and two writes that name the same version, ${way}, both succeed.`,
		source: parameter.source,
		evidence: turns.map((turn, index) => ({ ...stepOf(turn), parts: index === turns.length - 1 })),
		suspects: [],
		cause: `race ${id} if-match`,
	};
}

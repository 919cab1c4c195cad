import type { Operation } from "../../contract/contract.ts";
import type { Json } from "../../http/exchange.ts";
import { bodySchema } from "../../model/infer/shown.ts";
import { behaviourOf } from "../../model/model.ts";
import { tryAccept } from "../accept-probe.ts";
import { type Desk, report } from "../desk.ts";
import { judgeTrials, type Tried } from "../judge-trial.ts";
import { learnBody } from "../learn-body.ts";
import { tryMethods } from "../method-probe.ts";
import type { Turn } from "../session.ts";
import { play, type Stage, setStage, strike } from "../stage.ts";
import { trialsFor } from "../trial.ts";
import type { Trial } from "../value-trial.ts";
import { isSameInBody } from "../wire.ts";

/**
 * Tries the edges of every parameter and body property, and values just beyond them. A reader that has nothing to vary
 * is read once more: a log or a counter has something to show only now.
 */
export async function tryValues(desk: Desk): Promise<void> {
	for (const [index, id] of [...desk.operations].entries()) {
		if (desk.stopReason() !== undefined) return;
		const { operation } = behaviourOf(desk.model, id);
		const varies = operation.parameters.length > 0 || operation.body !== undefined;
		if (varies) await tryOperation(desk, operation, { label: `v${index}` });
		else if (operation.method === "GET") await readOnce(desk, operation, `v${index}`);
	}
	await tryAccept(desk);
	await tryMethods(desk);
}

async function readOnce(desk: Desk, operation: Operation, label: string): Promise<void> {
	const staged = await setStage(desk, operation.id, label);
	if (!staged.ok) return;
	const turn = await play(desk, staged.stage, staged.stage.happy);
	await strike(desk, staged.stage, turn === undefined ? [] : [turn]);
}

interface Trying {
	readonly label: string;
	/** Another body has been found since. */
	readonly isAgain?: boolean;
}

async function tryOperation(desk: Desk, operation: Operation, { label, isAgain = false }: Trying): Promise<void> {
	const staged = await setStage(desk, operation.id, label);
	if (!staged.ok) {
		decide(desk, operation, { verdict: "undecided", reason: staged.reason });
		return;
	}
	const { stage } = staged;
	const turns: Turn[] = [];
	const first = await play(desk, stage, stage.happy);
	if (first !== undefined) turns.push(first);
	const accepted = first?.told !== undefined && first.told.status < 300;
	if (!accepted && !isAgain && (await learnBody(desk, behaviourOf(desk.model, operation.id), `${label}b`))) {
		await strike(desk, stage, turns);
		return tryOperation(desk, operation, { label: `${label}a`, isAgain: true });
	}
	if (!accepted) {
		decide(desk, operation, {
			verdict: "undecided",
			reason: `a good request was answered with ${first?.told?.status ?? "nothing"}`,
		});
	} else {
		await tryAll(desk, operation, { stage, turns });
	}
	await strike(desk, stage, turns);
}

async function tryAll(
	desk: Desk,
	operation: Operation,
	{ stage, turns }: { stage: Stage; turns: Turn[] },
): Promise<void> {
	const tried: Tried[] = [];
	for (const trial of trialsFor(desk, operation, stage)) {
		if (desk.stopReason() !== undefined) break;
		if (!(await isMeant(desk, operation, trial))) continue;
		const turn = await play(desk, stage, trial.call);
		if (turn?.told === undefined) continue;
		turns.push(turn);
		if (trial.valid && turn.told.status >= 400 && !(await isControlTaken(desk, stage, { trial, turns }))) continue;
		tried.push({ trial, turn });
	}
	const drafts = judgeTrials(desk, operation, tried);
	report(desk, drafts);
	if (drafts.length > 0) decide(desk, operation, { verdict: "drift" });
	else if (tried.length > 0) decide(desk, operation, { verdict: "agrees" });
}

/** Whether the body of a trial is, as a whole and as it is sent, what the trial means it to be. */
async function isMeant(
	{ validation }: Desk,
	operation: Operation,
	{ call, valid, place, bySchema }: Trial,
): Promise<boolean> {
	const schema = bodySchema(operation);
	if (bySchema === false || place !== "body" || schema === undefined || call.body === undefined) return true;
	const { mediaType = "application/json" } = call;
	return isSameInBody({ mediaType, schema }, { value: call.body as Json, valid }, validation);
}

/** Whether the service takes the request with an ordinary value in the place of the edge that it refused. */
async function isControlTaken(
	desk: Desk,
	stage: Stage,
	{ trial, turns }: { trial: Trial; turns: Turn[] },
): Promise<boolean> {
	const control = trial.control === undefined ? undefined : await play(desk, stage, trial.control);
	if (control === undefined) return true;
	turns.push(control);
	return control.told !== undefined && control.told.status < 300;
}

function decide(
	desk: Desk,
	operation: Operation,
	decision: { verdict: "agrees" | "drift" | "undecided"; reason?: string },
): void {
	const index = behaviourOf(desk.model, operation.id).guards.findIndex(({ kind }) => kind === "valid");
	if (index >= 0) desk.decided.set(`${operation.id}/valid${index}`, decision);
}

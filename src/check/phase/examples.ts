import type { Example, Operation } from "../../contract/contract.ts";
import { isJson } from "../../http/media-type.ts";
import type { Call } from "../../model/call.ts";
import { lawOf } from "../../model/effect-laws.ts";
import { behaviourOf } from "../../model/model.ts";
import { isStatusAmong } from "../../model/outcome.ts";
import type { Value } from "../../model/value.ts";
import type { Schema } from "../../schema/schema.ts";
import { stepOf } from "../conform.ts";
import { type Desk, report } from "../desk.ts";
import type { Draft } from "../draft.ts";
import type { Turn } from "../session.ts";
import { play, setStage, strike } from "../stage.ts";

/**
 * Sends what the document itself gives as an example, every id in it replaced by one that the run made, and holds
 * every example against its own schema.
 */
export async function tryExamples(desk: Desk): Promise<void> {
	for (const [index, id] of [...desk.operations].entries()) {
		if (desk.stopReason() !== undefined) return;
		const { operation } = behaviourOf(desk.model, id);
		report(desk, invalidExamples(desk, operation));
		await sendExamples(desk, operation, `x${index}`);
	}
}

async function sendExamples(desk: Desk, operation: Operation, label: string): Promise<void> {
	// A body that is a change of some item need not fit the one that the run made.
	const isChange = lawOf(behaviourOf(desk.model, operation.id).effect).body !== undefined;
	const bodies = bodyExamples(operation).filter(
		({ schema, example }) => !isChange && (schema === undefined || isValid(desk, schema, example)),
	);
	const drafts: Draft[] = [];
	for (const [index, body] of (bodies.length === 0 ? [undefined] : bodies).entries()) {
		const staged = await setStage(desk, operation.id, `${label}${index}`);
		if (!staged.ok) {
			desk.skipped.set(operation.id, staged.reason);
			return;
		}
		const call: Call =
			body === undefined ? staged.stage.happy : { ...staged.stage.happy, body: body.example.value as Value };
		const turn = await play(desk, staged.stage, call);
		const told =
			turn === undefined || body === undefined ? [] : judgeExample(desk, operation, { turn, example: body.example });
		// Where a request of ours is refused as well, it is not the example that is.
		const control = told.length === 0 ? undefined : await play(desk, staged.stage, staged.stage.happy);
		if ((control?.told?.status ?? 0) < 400) drafts.push(...told);
		await strike(
			desk,
			staged.stage,
			[turn, control].filter((one) => one !== undefined),
		);
	}
	report(desk, drafts);
}

function bodyExamples(operation: Operation): readonly { schema: Schema | undefined; example: Example }[] {
	const media = operation.body?.content.find(({ name }) => isJson(name)) ?? operation.body?.content[0];
	return (media?.examples ?? []).map((example) => ({ schema: media?.schema, example }));
}

function isValid(desk: Desk, schema: Schema, example: Example): boolean {
	return desk.validation.validate(schema, example.value, "request").length === 0;
}

/** A documented example that the service calls invalid input. */
function judgeExample(
	desk: Desk,
	operation: Operation,
	{ turn, example }: { turn: Turn; example: Example },
): readonly Draft[] {
	const status = turn.told?.status;
	const guard = behaviourOf(desk.model, operation.id).guards.find(({ kind }) => kind === "valid");
	const refusals = guard === undefined || guard.statuses.length === 0 ? ["400", "422"] : guard.statuses;
	if (status === undefined || status < 400 || !isStatusAmong(refusals, status)) return [];
	return [
		{
			rule: "positive-data-acceptance",
			level: "drift",
			operation: operation.id,
			subject: `example ${example.name}`,
			documented: `the example ${example.name} is accepted`,
			observed: `refused with ${status}`,
			message: `The document's own example "${example.name}" is refused with ${status}.`,
			source: example.source,
			evidence: [stepOf(turn)],
			suspects: [],
			cause: `example ${example.source.file}${example.source.pointer}`,
		},
	];
}

/** The document contradicts itself: told as a surprise, because no service can mend it. */
function invalidExamples(desk: Desk, operation: Operation): readonly Draft[] {
	const request = (operation.body?.content ?? []).flatMap(({ schema, examples }) =>
		examples.map((example) => ({ schema, example, direction: "request" as const })),
	);
	const answers = operation.responses.flatMap(({ content }) =>
		content.flatMap(({ schema, examples }) =>
			examples.map((example) => ({ schema, example, direction: "response" as const })),
		),
	);
	const parameters = operation.parameters.flatMap(({ schema, examples }) =>
		examples.map((example) => ({ schema, example, direction: "request" as const })),
	);
	return [...parameters, ...request, ...answers].flatMap(({ schema, example, direction }) => {
		const violation = schema === undefined ? undefined : desk.validation.validate(schema, example.value, direction)[0];
		if (violation === undefined) return [];
		const at = violation.pointer === "" ? "it" : violation.pointer;
		return [
			{
				rule: "example-conformance" as const,
				level: "surprise" as const,
				operation: operation.id,
				subject: `example ${example.name}`,
				documented: `${at} ${violation.message}`,
				observed: "the example does not",
				message: `The document's example "${example.name}" breaks its own schema: ${at} ${violation.message}.`,
				source: example.source,
				evidence: [],
				suspects: [],
				cause: `example-conformance ${example.source.file}${example.source.pointer}`,
			},
		];
	});
}

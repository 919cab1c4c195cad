import type { Json } from "../../http/exchange.ts";
import type { Call } from "../../model/call.ts";
import type { Behaviour } from "../../model/model.ts";
import type { Value } from "../../model/value.ts";
import { longestPage } from "../baseline.ts";
import { type Desk, startOf } from "../desk.ts";
import { listIn } from "../list-in.ts";
import { compose, startStory } from "../plan/story.ts";
import { createValueSource } from "../plan/value-source.ts";
import type { Turn } from "../session.ts";

/** A list at the top as it was read: what it showed, and the exchange that shows it. */
export interface Shown {
	readonly items: readonly Json[];
	readonly turn: Turn;
}

/** Reads the first page of a list, asked for these; undefined when it is refused. */
export type ReadList = (asked?: Readonly<Record<string, Value>>) => Promise<Shown | undefined>;

export function listReader(desk: Desk, behaviour: Behaviour): ReadList {
	const { model, validation, seed, marker } = desk;
	const { operation, answer, query } = behaviour;
	const source = createValueSource({ model, validation, seed, marker, label: "shown" });
	const whole = compose(startStory(model, startOf(model), { source, validation }), operation.id, { inside: [] });
	const { call } = longestPage(query?.pager, whole);
	return async (asked = {}) => {
		if (desk.stopReason() !== undefined || !areAdmitted(desk, behaviour, asked)) return undefined;
		const asking: Call = { ...call, query: { ...call.query, ...asked } };
		const turn = await desk.session.send(asking, new Map());
		const status = turn?.told?.status ?? 0;
		if (turn === undefined || status < 200 || status > 299) return undefined;
		return { items: listIn(turn.body, answer.at), turn };
	};
}

/** What an item shows need not be what its parameter admits. */
function areAdmitted(desk: Desk, { operation }: Behaviour, asked: Readonly<Record<string, Value>>): boolean {
	return operation.parameters.every(({ in: place, name, schema }) => {
		const value = place === "query" ? asked[name] : undefined;
		return (
			value === undefined || schema === undefined || desk.validation.validate(schema, value, "request").length === 0
		);
	});
}

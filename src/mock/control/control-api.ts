import type { Json } from "../../http/exchange.ts";
import type { Mock } from "../mock.ts";
import { controlClock } from "./control-clock.ts";
import { controlFaults } from "./control-faults.ts";
import { controlRequests } from "./control-requests.ts";
import { controlSnapshots } from "./control-snapshots.ts";
import { controlState } from "./control-state.ts";
import { byMethod, DONE, type Handler } from "./handler.ts";
import { json } from "./json-answer.ts";

/** The control of one mock. */
export function createApiControl(mock: Mock): Handler {
	const parts: ReadonlyMap<string, Handler> = new Map([
		["state", controlState(mock)],
		[
			"reset",
			byMethod({
				POST: () => {
					mock.reset();
					return DONE;
				},
			}),
		],
		["snapshots", controlSnapshots(mock)],
		["clock", controlClock(mock)],
		["faults", controlFaults(mock)],
		["requests", controlRequests(mock)],
	]);
	return (call) => {
		const [name, ...steps] = call.steps;
		if (name === undefined) return json(200, overview(mock));
		const part = parts.get(name);
		return part === undefined
			? json(404, { error: `there is no ${name}`, there: [...parts.keys()] })
			: part({ ...call, steps });
	};
}

function overview({ model, count, clock, faults }: Mock): Json {
	const { title, version, operations } = model.contract;
	const resources = [...model.resources.values()].map(({ name, kind, parent = null, path }) => ({
		name,
		kind,
		parent,
		path,
		items: count(name),
	}));
	return {
		title,
		version,
		operations: operations.length,
		resources,
		clock: { now: new Date(clock.now()).toISOString(), frozen: clock.isFrozen() },
		faults: faults.list().length,
	};
}

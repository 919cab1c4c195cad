import { decodePercent } from "../../http/percent.ts";
import type { Answer } from "../answer/answer.ts";
import type { Mock } from "../mock.ts";
import { compareSnapshots, type Snapshot } from "../state/snapshot.ts";
import { byMethod, type ControlCall, DONE, type Handler, mistake } from "./handler.ts";
import { json } from "./json-answer.ts";

/** So many snapshots can be kept. */
const SNAPSHOTS_MAX = 1_000;
/** What is true now, where a snapshot can be named. */
const NOW = "now";

/** Saves, shows, restores and compares snapshots by name. */
export function controlSnapshots(mock: Mock): Handler {
	const saved = new Map<string, Snapshot>();
	const find = (name: string): Snapshot => {
		const snapshot = name === NOW ? mock.snapshot() : saved.get(name);
		if (snapshot !== undefined) return snapshot;
		throw mistake(`there is no snapshot "${name}"`, { hint: `there are ${[...saved.keys(), NOW].join(", ")}` });
	};
	const named = (work: (name: string, call: ControlCall) => Answer): Handler => {
		return (call) => work(decodePercent(call.steps[0] ?? "") ?? "", call);
	};
	const all = byMethod({ GET: () => json(200, [...saved.keys()]) });
	const one = byMethod({
		GET: named((name) => json(200, find(name))),
		PUT: named((name) => {
			if (name === NOW || name === "") throw mistake(`a snapshot cannot be called "${name}"`);
			if (saved.size >= SNAPSHOTS_MAX) throw mistake(`${SNAPSHOTS_MAX} snapshots are the limit`);
			saved.set(name, mock.snapshot());
			return DONE;
		}),
		DELETE: named((name) => (saved.delete(name) ? DONE : json(404, { error: `there is no snapshot "${name}"` }))),
	});
	const actions: ReadonlyMap<string, Handler> = new Map([
		[
			"restore",
			byMethod({
				POST: named((name) => {
					mock.restore(find(name));
					return DONE;
				}),
			}),
		],
		[
			"diff",
			byMethod({
				GET: named((name, { query }) => json(200, compareSnapshots(find(name), find(query.get("to") ?? NOW)))),
			}),
		],
	]);
	return (call) => {
		const [name, action] = call.steps;
		if (name === undefined) return all(call);
		if (action === undefined) return one(call);
		return actions.get(action)?.(call) ?? json(404, { error: "a snapshot has `GET diff` and `POST restore`" });
	};
}

import { explainEntry, summarizeEntry } from "../journal/explain-entry.ts";
import type { Journal } from "../journal/journal.ts";
import type { Mock } from "../mock.ts";
import { byMethod, type ControlCall, DONE, type Handler } from "./handler.ts";
import { json } from "./json-answer.ts";

/** Shows the last requests, the latest first, and of each why it was answered as it was. */
export function controlRequests({ journal, model }: Mock): Handler {
	if (journal === undefined) return () => json(404, { error: "the requests of this mock are not kept" });
	const all = byMethod({
		GET: ({ query }) => {
			const last = Number(query.get("last") ?? Number.NaN);
			const entries = journal.list();
			const shown = Number.isNaN(last) ? entries : entries.slice(0, Math.max(0, last));
			return json(
				200,
				shown.map((entry) => summarizeEntry(entry, model)),
			);
		},
		DELETE: () => {
			journal.clear();
			return DONE;
		},
	});
	const one = byMethod({ GET: (call) => explainOne(journal, model, call) });
	return (call) => (call.steps.length === 0 ? all(call) : one(call));
}

function explainOne(journal: Journal, model: Mock["model"], { steps: [step] }: ControlCall) {
	const entry = step === "last" ? journal.list()[0] : journal.find(Number(step));
	return entry === undefined
		? json(404, { error: `request ${step} is not kept` })
		: json(200, explainEntry(model, entry));
}

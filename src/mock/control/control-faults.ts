import { hintOf } from "../../contract/did-you-mean.ts";
import { type Fault, parseFault, renderFault } from "../fault/fault.ts";
import { matches } from "../fault/faults.ts";
import type { Mock } from "../mock.ts";
import { byMethod, DONE, type Handler, mistake } from "./handler.ts";
import { json } from "./json-answer.ts";

/** Switches the faults of a mock: PUT sets all of them, POST adds. */
export function controlFaults({ faults, model }: Mock): Handler {
	const shown = () => json(200, faults.list().map(renderFault));
	const read = (body: unknown): readonly Fault[] => {
		const texts = Array.isArray(body) ? body : [body];
		if (!texts.every((text): text is string => typeof text === "string")) {
			throw mistake('the body is a list of faults like ["listApps: status=503, rate=0.1", "latency=200ms"]');
		}
		const given = texts.map(parseFault);
		for (const fault of given) requireOperation(fault, model);
		return given;
	};
	return byMethod({
		GET: shown,
		PUT: ({ body }) => {
			faults.set(read(body));
			return shown();
		},
		POST: ({ body }) => {
			faults.set([...faults.list(), ...read(body)]);
			return shown();
		},
		DELETE: () => {
			faults.set([]);
			return DONE;
		},
	});
}

function requireOperation(fault: Fault, model: Mock["model"]): void {
	const { operations } = model.contract;
	if (operations.some((operation) => matches(fault, operation))) return;
	const glob = fault.operation ?? "";
	const names = operations.map(({ id }) => id);
	throw mistake(`no operation matches "${glob}"`, hintOf(glob, names));
}

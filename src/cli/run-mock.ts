import { once } from "node:events";
import { readVersion } from "../finding/version.ts";
import { type Fault, parseFault } from "../mock/fault/fault.ts";
import { createMock } from "../mock/mock.ts";
import { renderSummary } from "../mock/render-summary.ts";
import { loadScenario } from "../mock/scenario/load-scenario.ts";
import { renderProblem, UserError } from "../problem/problem.ts";
import type { MockFlags } from "./mock.ts";
import { prepareApis } from "./prepare-api.ts";
import { selectApis } from "./select-api.ts";
import type { TerminalIo } from "./terminal-io.ts";

/**
 * Serves one document until the user stops it.
 *
 * @throws UserError when the document, the scenario or a drift is wrong, or the port is in use.
 */
export async function runMock(spec: string | undefined, flags: MockFlags, io: TerminalIo): Promise<void> {
	const selected = await selectApis(spec, flags, io);
	const [first, ...others] = selected;
	if (first === undefined || others.length > 0) {
		const names = selected.map(({ api }) => api.spec).join(", ");
		const message = "the configuration has several APIs, and a mock serves one";
		throw new UserError([{ code: "ambiguous-api", message, hint: `name one of ${names}` }]);
	}
	const [prepared] = await prepareApis([first], { io, allowRemote: flags.allowRemote ?? false });
	if (prepared === undefined) throw new Error("what was selected was not prepared");
	const { contract, model } = prepared;
	const file = flags.scenario ?? prepared.api.scenario;
	const scenario = file === undefined ? undefined : await loadScenario({ file, model, cwd: io.cwd });
	const started = { yet: false };
	const mock = createMock({
		contract,
		model,
		seed: flags.seed,
		drift: flags.drift ?? [],
		unknown: flags.unknown ?? "refuse",
		faults: faultsOf(flags),
		...(scenario === undefined ? {} : { scenario }),
		// What is known at the start stands in the summary; this is for what comes up while it serves.
		onNote: (problem) => started.yet && io.err(`  ! ${renderProblem(problem)}\n`),
		onError: (error) => io.err(`a mistake of the mock: ${error instanceof Error ? error.stack : String(error)}\n`),
	});
	const listening = await mock.listen({ port: flags.port, host: flags.host });
	started.yet = true;
	for (const problem of contract.problems) io.err(`  ! ${renderProblem(problem)}\n`);
	io.out(`${renderSummary(mock.describe(), `holdfast ${readVersion()}`)}\n  ready on ${listening.url}\n`);
	try {
		if (!io.signal.aborted) await once(io.signal, "abort");
	} finally {
		await listening.close();
	}
}

function faultsOf({ fault = [], latency, errorRate }: MockFlags): readonly Fault[] {
	const texts = [...fault];
	if (latency !== undefined) texts.push(`latency=${latency}`);
	if (errorRate !== undefined) texts.push(`status=error, rate=${errorRate}`);
	return texts.map(parseFault);
}

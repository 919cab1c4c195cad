import { once } from "node:events";
import { readVersion } from "../finding/version.ts";
import { listenNode } from "../mock/adapter/node-server.ts";
import { createControl } from "../mock/control/control.ts";
import { type Fault, parseFault } from "../mock/fault/fault.ts";
import { createHost } from "../mock/host.ts";
import type { Service } from "../mock/serve.ts";
import { renderProblem, UserError } from "../problem/problem.ts";
import { keepYoungSmall } from "./keep-young-small.ts";
import type { MockFlags } from "./mock.ts";
import { gatherProblems } from "./prepare-api.ts";
import { reloadOnChange } from "./reload-on-change.ts";
import { renderServed } from "./render-served.ts";
import { type SelectedApi, selectApis } from "./select-api.ts";
import { type ServedApi, type ServeOptions, serveApi } from "./serve-api.ts";
import type { TerminalIo } from "./terminal-io.ts";

/** Longer bodies are answered 413. */
const BODY_BYTES_MAX = 1_048_576;

/**
 * Serves documents until the user stops it: those that are named, or all of the configuration.
 *
 * @throws UserError when a document, a scenario or a drift is wrong, or the port is in use.
 */
export async function runMock(specs: readonly string[], flags: MockFlags, io: TerminalIo): Promise<void> {
	const usual = keepYoungSmall();
	const selected = await selectAll(specs, flags, io);
	const started = { yet: false };
	const options: ServeOptions = {
		flags,
		faults: faultsOf(flags),
		io,
		// What is known at the start stands in the summary; this is for what comes up while it serves.
		onNote: (problem) => started.yet && io.err(`  ! ${renderProblem(problem)}\n`),
	};
	const apis = [...(await gatherProblems(selected, (each) => serveApi(each, options)))];
	let service = createHost(apis.map(hosted));
	// What serves may be exchanged for another while the server runs.
	const current: Service = {
		answer: (request) => service.answer(request),
		refuse: (status, message) => service.refuse(status, message),
	};
	const listening = await listenNode(flags.watch === true ? current : service, {
		port: flags.port,
		host: flags.host,
		bodyBytesMax: BODY_BYTES_MAX,
		onError: (error) => io.err(`a mistake of the mock: ${error instanceof Error ? error.stack : String(error)}\n`),
		control: flags.control ? createControl({ apis: () => apis, token: flags.controlToken }) : undefined,
	});
	started.yet = true;
	usual();
	for (const { mock } of apis) {
		for (const problem of mock.model.contract.problems) io.err(`  ! ${renderProblem(problem)}\n`);
	}
	io.out(renderServed(apis, { product: `holdfast ${readVersion()}`, url: listening.url, hasControl: flags.control }));
	const watching = flags.watch === true ? reloadOnChange(selected, { ...options, apis, exchanged }) : undefined;
	function exchanged(): void {
		service = createHost(apis.map(hosted));
	}
	try {
		if (!io.signal.aborted) await once(io.signal, "abort");
	} finally {
		watching?.stop();
		await listening.close();
	}
}

function hosted({ name, mock }: ServedApi) {
	return { name, service: mock.service };
}

async function selectAll(specs: readonly string[], flags: MockFlags, io: TerminalIo): Promise<readonly SelectedApi[]> {
	const found: SelectedApi[] = specs.length === 0 ? [...(await selectApis(undefined, flags, io))] : [];
	for (const spec of specs) found.push(...(await selectApis(spec, flags, io)));
	const isAboutOne = flags.scenario !== undefined || flags.drift !== undefined;
	if (found.length > 1 && isAboutOne) {
		const message = "--scenario and --drift are about one API, and there are several";
		throw new UserError([
			{ code: "ambiguous-flag", message, hint: `name one of ${found.map(({ api }) => api.spec).join(", ")}` },
		]);
	}
	return found.map((selected, index) => {
		const before = found.slice(0, index).filter(({ name }) => name === selected.name).length;
		return before === 0 ? selected : { ...selected, name: `${selected.name}-${before + 1}` };
	});
}

function faultsOf({ fault = [], latency, errorRate }: MockFlags): readonly Fault[] {
	const texts = [...fault];
	if (latency !== undefined) texts.push(`latency=${latency}`);
	if (errorRate !== undefined) texts.push(`status=error, rate=${errorRate}`);
	return texts.map(parseFault);
}

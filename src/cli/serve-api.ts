import { filesOf } from "../contract/files.ts";
import type { Clock } from "../mock/clock.ts";
import type { Fault } from "../mock/fault/fault.ts";
import { createMock, type Mock } from "../mock/mock.ts";
import type { Problem } from "../problem/problem.ts";
import { overlaysOf } from "./load-config.ts";
import type { MockFlags } from "./mock.ts";
import { prepareApi } from "./prepare-api.ts";
import type { SelectedApi } from "./select-api.ts";
import type { TerminalIo } from "./terminal-io.ts";

/** One API that is served. */
export interface ServedApi {
	readonly name: string;
	readonly mock: Mock;
	/** What it was made of; references may lead to more later. */
	files(): readonly string[];
}

export interface ServeOptions {
	readonly flags: MockFlags;
	readonly faults: readonly Fault[];
	readonly io: TerminalIo;
	readonly onNote: (problem: Problem) => void;
	/** Of the mock whose place this one takes. */
	readonly clock?: Clock;
}

/**
 * Makes the mock of one API, with its scenario.
 *
 * @throws UserError when the document, an overlay, the scenario or a drift is wrong
 */
export async function serveApi(selected: SelectedApi, options: ServeOptions): Promise<ServedApi> {
	const { flags, faults, io, onNote, clock } = options;
	const { contract, model } = await prepareApi(selected, {
		io,
		allowRemote: flags.allowRemote ?? false,
		isServed: true,
	});
	const file = flags.scenario ?? selected.api.scenario;
	const scenario =
		file === undefined
			? undefined
			: await (await import("../mock/scenario/load-scenario.ts")).loadScenario({ file, model, cwd: io.cwd });
	const mock = createMock({
		contract,
		model,
		seed: flags.seed,
		drift: flags.drift ?? [],
		unknown: flags.unknown ?? "refuse",
		faults,
		journal: flags.control,
		...(scenario === undefined ? {} : { scenario }),
		...(clock === undefined ? {} : { clock }),
		onNote,
		onError: (error) => io.err(`a mistake of the mock: ${error instanceof Error ? error.stack : String(error)}\n`),
	});
	return {
		name: selected.name,
		mock,
		files: () => [...filesOf(contract), ...overlaysOf(selected.api.overlay), ...(scenario?.files ?? [])],
	};
}

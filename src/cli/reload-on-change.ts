import { renderProblem, UserError } from "../problem/problem.ts";
import type { SelectedApi } from "./select-api.ts";
import { type ServedApi, type ServeOptions, serveApi } from "./serve-api.ts";
import { type Watching, watchFiles } from "./watch-files.ts";

export interface ReloadOptions extends ServeOptions {
	/** What is served, in the order of the selection; each is put in the place of the one before. */
	readonly apis: ServedApi[];
	/** Called when one of them is another. */
	readonly exchanged: () => void;
}

/**
 * Loads an API again when one of its files changes, and keeps what it held. A file that cannot be used is told, and the
 * API stays as it was until the next change.
 */
export function reloadOnChange(selected: readonly SelectedApi[], options: ReloadOptions): { stop(): void } {
	const watchers = selected.map((each, index) => watchApi(each, index, options));
	return {
		stop: () => {
			for (const one of watchers) one.stop();
		},
	};
}

function watchApi(selected: SelectedApi, index: number, options: ReloadOptions): Watching {
	const { apis, io, exchanged } = options;
	let isLoading = false;
	let isStale = false;
	const watching = watchFiles(io.cwd, () => {
		if (isLoading) isStale = true;
		else load().catch((error: unknown) => io.err(`${error instanceof Error ? error.stack : String(error)}\n`));
	});
	const load = async (): Promise<void> => {
		isLoading = true;
		do {
			isStale = false;
			await reload();
		} while (isStale);
		isLoading = false;
	};
	const reload = async (): Promise<void> => {
		const before = apis[index] as ServedApi;
		try {
			const next = await serveApi(selected, { ...options, clock: before.mock.clock });
			const misfits = next.mock.adopt(before.mock.snapshot());
			apis[index] = next;
			exchanged();
			io.out(`  reloaded ${selected.name}\n`);
			for (const misfit of misfits) io.err(`  ! ${misfit}\n`);
			for (const problem of next.mock.describe().problems) io.err(`  ! ${renderProblem(problem)}\n`);
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			for (const problem of error.problems) io.err(`  ! ${renderProblem(problem)}\n`);
			io.err(`  ${selected.name} stays as it was\n`);
		}
		watching.watch((apis[index] as ServedApi).files());
	};
	watching.watch((apis[index] as ServedApi).files());
	return watching;
}

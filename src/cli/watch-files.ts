import { unwatchFile, watchFile } from "node:fs";
import { resolve } from "node:path";

/** Looked at so often; by asking and not by being told, so that it works in containers and on network drives. */
const INTERVAL_MS = 200;

/** Files that are watched until somebody stops it. */
export interface Watching {
	/** Watches these from now on, and none that is not among them. */
	watch(files: readonly string[]): void;
	stop(): void;
}

/**
 * Tells when a file was written, made or taken away; several changes at once are told once.
 *
 * @example const watching = watchFiles(process.cwd(), () => reload()); watching.watch(["openapi.yaml"])
 */
export function watchFiles(cwd: string, changed: () => void): Watching {
	let watched = new Set<string>();
	let isTold = false;
	const tell = (): void => {
		if (isTold) return;
		isTold = true;
		setTimeout(() => {
			isTold = false;
			changed();
		}, INTERVAL_MS / 4).unref();
	};
	const watch = (files: readonly string[]): void => {
		const wanted = new Set(files.map((file) => resolve(cwd, file)));
		for (const file of watched) if (!wanted.has(file)) unwatchFile(file, tell);
		for (const file of wanted) {
			if (!watched.has(file)) watchFile(file, { interval: INTERVAL_MS, persistent: false }, tell);
		}
		watched = wanted;
	};
	return { watch, stop: () => watch([]) };
}

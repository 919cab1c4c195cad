import type { Run } from "../finding/run.ts";

/**
 * `run.json`: the run as it is, two spaces deep, for other programs (`src/finding/run-schema.json`). Bytes that are no
 * text become a `data:` URL, because JSON has only text.
 *
 * @example await writeFile("reports/gateway/run.json", renderJson(run))
 */
export function renderJson(run: Run): string {
	return `${JSON.stringify(run, replaceBytes, 2)}\n`;
}

/** Looks at the value before `toJSON`, because a Buffer would already be an object of numbers. */
function replaceBytes(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
	const raw = this[key];
	if (!(raw instanceof Uint8Array)) return value;
	return `data:application/octet-stream;base64,${Buffer.from(raw).toString("base64")}`;
}

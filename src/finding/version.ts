import { readFileSync } from "node:fs";

/** The version of the installed kit; the path is the same from `src/finding` and from `dist/finding`. */
export function readVersion(): string {
	const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
	const { version }: { readonly version?: unknown } = JSON.parse(text);
	return String(version);
}

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const PROGRAMS = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** The browser of this machine, for tests; undefined when there is none. `CHROMIUM` names another. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
	if (environment.CHROMIUM !== undefined && environment.CHROMIUM !== "") return environment.CHROMIUM;
	const folders = (environment.PATH ?? "").split(delimiter);
	const files = PROGRAMS.flatMap((program) => folders.map((folder) => join(folder, program)));
	return files.find(isProgram);
}

function isProgram(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

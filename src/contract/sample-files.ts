import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { renderProblem, UserError } from "../problem/problem.ts";
import type { Contract } from "./contract.ts";
import { type LoadOptions, loadContract } from "./load.ts";

/** For tests: a directory with these files, gone when the test ends. */
export function writeFiles(files: Readonly<Record<string, string | Uint8Array>>): string {
	const directory = mkdtempSync(join(tmpdir(), "contract-"));
	onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
	for (const [name, content] of Object.entries(files)) {
		mkdirSync(dirname(join(directory, name)), { recursive: true });
		writeFileSync(join(directory, name), content);
	}
	return directory;
}

/** For tests: loads `openapi.yaml` among these files, with every `*.overlay.yaml` in the order given. */
export async function loadFiles(
	files: Readonly<Record<string, string | Uint8Array>>,
	options: Partial<LoadOptions> = {},
): Promise<Contract> {
	const cwd = writeFiles(files);
	const overlays = Object.keys(files).filter((name) => name.endsWith(".overlay.yaml"));
	return loadContract({ spec: "openapi.yaml", cwd, overlays, ...options });
}

/** For tests: what a person reads when loading fails, one line for each problem. */
export async function refusal(loading: Promise<unknown>): Promise<readonly string[]> {
	try {
		await loading;
	} catch (error) {
		if (error instanceof UserError) return error.problems.map(renderProblem);
		throw error;
	}
	return ["it loads"];
}

/** For tests: the problems that a contract lists after all its parts were made. */
export function listed(contract: Contract): readonly string[] {
	touch(contract);
	return contract.problems.map(renderProblem);
}

/** Makes every part of every operation. */
export function touch(contract: Contract): void {
	for (const operation of contract.operations) {
		void [operation.parameters, operation.body, operation.responses, operation.security];
	}
	void [contract.servers, contract.securitySchemes, [...contract.schemas.values()]];
}

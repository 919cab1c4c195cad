import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { isMap, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { hintOf } from "../../contract/did-you-mean.ts";
import type { Model } from "../../model/model.ts";
import { type Problem, UserError } from "../../problem/problem.ts";
import type { Place } from "../../problem/source.ts";
import { createValidation } from "../../schema/validate.ts";
import { readData, readTenants } from "./read-data.ts";
import { readFaults } from "./read-faults.ts";
import { readCallers, readIdentities } from "./read-identities.ts";
import type { Scenario } from "./scenario.ts";
import { nameOf, type ScenarioReader } from "./scenario-reader.ts";

export interface LoadScenarioOptions {
	/** YAML or JSON. */
	readonly file: string;
	/** What the scenario is checked against. */
	readonly model: Model;
	/** What the file is relative to; the current directory by default. */
	readonly cwd?: string;
}

/**
 * Reads what a mock starts with.
 *
 * @throws UserError with every problem at once: file:line:column, and what was probably meant.
 * @example await loadScenario({ file: "mocks/gateway/default.yaml", model })
 */
export async function loadScenario({ file, model, cwd = process.cwd() }: LoadScenarioOptions): Promise<Scenario> {
	let text: string;
	try {
		text = await readFile(resolve(cwd, file), "utf8");
	} catch (cause) {
		const problem = { code: "scenario-not-found", message: `cannot read the scenario ${file}`, place: { file } };
		throw new UserError([problem], { cause });
	}
	return parseIn(cwd, { text, file, model });
}

/** The scenario in a text; see `loadScenario`. */
export function parseScenario(text: string, file: string, model: Model): Scenario {
	return parseIn(process.cwd(), { text, file, model });
}

interface ScenarioText {
	readonly text: string;
	readonly file: string;
	readonly model: Model;
}

function parseIn(cwd: string, { text, file, model }: ScenarioText): Scenario {
	const problems: Problem[] = [];
	const files: string[] = [];
	const open = (text: string, file: string): Opened | undefined => {
		files.push(file);
		const lines = new LineCounter();
		const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
		const placeAt = (offset: number): Place => {
			const { line, col } = lines.linePos(offset);
			return { file, line, column: col };
		};
		for (const { message, pos } of document.errors) {
			problems.push({ code: "scenario-syntax", message, place: placeAt(pos[0]) });
		}
		const reader: ScenarioReader = {
			model,
			validation: createValidation(),
			problems,
			complain: (code, message, node, hint = {}) => {
				const place = placeAt((node as Node | null | undefined)?.range?.[0] ?? 0);
				problems.push({ code, message, place, ...hint });
			},
			open: (name, node) => {
				const path = join(dirname(file), name);
				const inner = files.length >= FILES_MAX ? undefined : readText(resolve(cwd, path));
				if (inner !== undefined) return open(inner, path);
				reader.complain("scenario-file", `cannot read ${path}`, node);
				return undefined;
			},
		};
		return document.errors.length > 0 ? undefined : { contents: document.contents, reader };
	};
	const opened = open(text, file);
	const scenario = opened === undefined ? undefined : readRoot(opened.contents, opened.reader);
	if (scenario === undefined || problems.length > 0) throw new UserError(problems);
	return { ...scenario, files };
}

type Opened = NonNullable<ReturnType<ScenarioReader["open"]>>;

/** A scenario names few files of data. */
const FILES_MAX = 100;

function readText(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return undefined;
	}
}

const ROOT_KEYS = ["identities", "data", "tenants", "faults"];

function readRoot(root: unknown, reader: ScenarioReader): Scenario | undefined {
	if (!isMap(root)) {
		reader.complain("scenario-form", "a scenario is an object with `identities`, `data` and `faults`", root);
		return undefined;
	}
	for (const { key } of root.items) {
		const name = nameOf(key);
		if (!ROOT_KEYS.includes(name))
			reader.complain("unknown-key", `unknown key "${name}"`, key, hintOf(name, ROOT_KEYS));
	}
	const identities = root.get("identities", true);
	return {
		identities: isSeq(identities) ? {} : readIdentities(identities, reader),
		callers: isSeq(identities) ? readCallers(identities, reader) : [],
		data: readData(root.get("data", true), reader),
		tenants: readTenants(root.get("tenants", true), reader),
		faults: readFaults(root.get("faults", true), reader),
	};
}

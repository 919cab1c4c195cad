import vm from "node:vm";
import { type AST, RegExpParser } from "@eslint-community/regexpp";
import { type Risk, riskOf } from "./pattern-risk.ts";

/** A pattern of a document, made so that no text can make it hang. */
export interface Pattern {
	readonly source: string;
	/** What is wrong with it, for a person; such a pattern matches every text. */
	readonly problem?: string;
	/** How it is read, when that is not how it is written. */
	readonly remark?: string;
	/** Its syntax tree, when it has no problem. */
	readonly syntax?: AST.Pattern;
	/**
	 * Whether it matches somewhere in the text. What could not be decided in time counts as a match, because a
	 * pattern that we cannot evaluate must not accuse anybody.
	 */
	test(text: string): boolean;
}

/** Steps that are certainly done within a few milliseconds. */
const STEPS_MAX = 2_000_000;
const TEXT_MAX = 1_000_000;
/** How long one text, and all texts together, may take. */
const TEST_MS = 200;
const TOTAL_MS = 600;

/**
 * Makes a pattern from its source (ECMA-262 as JSON Schema asks, with the `u` flag, or without it where the pattern is
 * only valid so). Patterns that may backtrack without bound are run with a time limit. An alternative engine such as
 * RE2 would be quicker there, but knows no look-around, which real documents use.
 *
 * @example createPattern("^a+$").test("aaa") // true
 */
export function createPattern(source: string): Pattern {
	const known = patterns.get(source);
	if (known !== undefined) return known;
	if (patterns.size >= KEPT_MAX) patterns.clear();
	const pattern = makePattern(source);
	patterns.set(source, pattern);
	return pattern;
}

/** Documents repeat their patterns, and to judge the risk of one costs more than to run it. */
const KEPT_MAX = 2_000;
const patterns = new Map<string, Pattern>();

function makePattern(source: string): Pattern {
	// With its slashes it matches nothing at all: the line would have to begin after its first character.
	const inner = /^\/(\^.*\$)\/[a-z]*$/s.exec(source)?.[1];
	const parsed = parsePattern(inner ?? source);
	if ("problem" in parsed) return { source, problem: parsed.problem, test: () => true };
	const { expression, syntax } = parsed;
	let risk: Risk | undefined;
	let spentMs = 0;
	function test(text: string): boolean {
		risk ??= riskOf(syntax);
		if (isQuick(risk, text.length)) return expression.test(text);
		if (spentMs > TOTAL_MS || text.length > TEXT_MAX) return true;
		const start = performance.now();
		const matches = testWithin(expression, text);
		if (matches !== undefined) return matches;
		spentMs += performance.now() - start;
		return true;
	}
	const remark = `the pattern ${JSON.stringify(source)} is written between slashes and read without them`;
	return { source, syntax, test, ...(inner === undefined ? {} : { remark }) };
}

function parsePattern(source: string): { expression: RegExp; syntax: AST.Pattern } | { problem: string } {
	let problem = "";
	for (const unicode of [true, false]) {
		try {
			const expression = new RegExp(source, unicode ? "u" : "");
			const syntax = new RegExpParser({ ecmaVersion: 2025 }).parsePattern(source, 0, source.length, { unicode });
			return { expression, syntax };
		} catch (error) {
			problem = error instanceof Error ? error.message : String(error);
		}
	}
	return { problem: `the pattern ${JSON.stringify(source)} is no regular expression: ${problem}` };
}

function isQuick(risk: Risk, length: number): boolean {
	const steps = risk.kind === "exponential" ? 2 ** length : length ** (risk.loops + 1);
	return steps <= STEPS_MAX;
}

/** Made when the first risky pattern is run. */
let workshop: { readonly sandbox: vm.Context; readonly script: vm.Script } | undefined;

/** Only a script of its own can be stopped in the middle of a regular expression. */
function testWithin(expression: RegExp, text: string): boolean | undefined {
	workshop ??= { sandbox: vm.createContext({}), script: new vm.Script("matches = expression.test(text)") };
	const { sandbox, script } = workshop;
	Object.assign(sandbox, { expression, text });
	try {
		script.runInContext(sandbox, { timeout: TEST_MS });
		return sandbox.matches as boolean;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return undefined;
		throw error;
	}
}

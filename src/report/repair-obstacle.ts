import { admits, isExpectedStatus } from "../finding/expected.ts";
import type { Expectation, Finding, Step } from "../finding/finding.ts";
import type { Rule } from "../finding/rule.ts";
import type { Run } from "../finding/run.ts";
import { isAnswer } from "../http/exchange.ts";
import { parse } from "./repair-flow.ts";

/** Rules about the shape of one answer: the test holds it against the document itself. */
export const SHAPES: ReadonlySet<Rule> = new Set([
	"content-type-conformance",
	"response-headers-conformance",
	"response-schema-conformance",
	"undocumented-field",
]);

/** Rules about one value: masked, it is none. */
const VALUES: ReadonlySet<Rule> = new Set(["positive-data-acceptance", "negative-data-rejection"]);

/** Why a plain sequence of requests cannot show a finding again; undefined where it can. */
export function obstacleTo(run: Run, finding: Finding): string | undefined {
	const { evidence, rule, repair } = finding;
	const last = evidence.at(-1);
	if (repair.page !== undefined) return "the page is to be mended, and no service";
	if (last === undefined) return "nothing was sent for it: the document contradicts itself";
	return obstacleInRule(rule, last) ?? obstacleInProof(run, finding, last);
}

function obstacleInRule(rule: Rule, { expects, exchange: { request, answer } }: Step): string | undefined {
	if (rule === "rate-limit" || (SHAPES.has(rule) && isAnswer(answer) && answer.status === TOO_MANY))
		return "a limit shows only in the number and the time of requests";
	if (rule === "race" && expects === undefined) return "what happens at the same time does not come back in a sequence";
	if (rule === "ignored-auth" && /«/.test(JSON.stringify(request.headers)))
		return "what was sent in the place of the credential was masked with it";
	return VALUES.has(rule) && /«/.test(String(request.body)) ? "the value that it is about was masked" : undefined;
}

function obstacleInProof(run: Run, finding: Finding, last: Step): string | undefined {
	if (finding.evidence.some(({ exchange }) => !isSendable(exchange.request.body)))
		return "its requests hold bytes that are no text";
	if (!SHAPES.has(finding.rule)) {
		if (last.expects === undefined) return "what is documented is no one answer";
		if (!isBroken(last, last.expects)) return "the last answer breaks it only together with those before";
	}
	return needsWhatIsNotShown(run, finding)
		? "what it needs was made before, and its proof does not show how"
		: undefined;
}

/** The proof begins with something that it does not make: an item that is read or changed, or what it lives in. */
function needsWhatIsNotShown(run: Run, { evidence, operation }: Finding): boolean {
	const [first] = evidence;
	if (first === undefined || !isAnswer(first.exchange.answer) || first.exchange.answer.status >= 300) return false;
	const named = run.coverage.operations.find((each) => each.operation.id === first.operation)?.operation;
	const path = named?.path ?? (first.operation === operation.id ? operation.path : "");
	const { method } = first.exchange.request;
	const makes = method === "PUT" || method === "POST";
	return /\{[^}]*\}/.test(makes ? path.replace(/\/\{[^}]*\}$/, "") : path);
}

/** RFC 6585, section 4. */
const TOO_MANY = 429;

function isSendable(body: unknown): boolean {
	return body === undefined || (typeof body === "string" && !body.startsWith("data:application/octet-stream;"));
}

/** A test that the recorded answer passes would prove nothing. */
function isBroken({ exchange: { answer } }: Step, expects: Expectation): boolean {
	if (!isAnswer(answer)) return true;
	if (!isExpectedStatus(expects, answer.status)) return true;
	return expects.body !== undefined && !admits(expects.body, parse(answer.body));
}

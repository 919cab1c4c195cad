import type { Expected, Finding, Step } from "../finding/finding.ts";
import type { Run } from "../finding/run.ts";
import { isAnswer, type Json } from "../http/exchange.ts";
import { renderPlace } from "../problem/problem.ts";
import { type Flow, flowOf, parse, property } from "./repair-flow.ts";
import { helpersFor } from "./repair-helper.ts";
import { obstacleTo, SHAPES } from "./repair-obstacle.ts";

/** A test for a finding, or why there is none. */
export type RepairTest =
	| { readonly kind: "test"; readonly text: string }
	| { readonly kind: "none"; readonly why: string };

/**
 * A Vitest file that sends what proved a finding, with keys of its own, and expects what is documented: it fails today,
 * and passes once the service keeps its promise. It needs the service's address and credentials from the environment.
 *
 * @example renderTest(run, finding) // { kind: "test", text: "import { expect, test } from \"vitest\"; …" }
 */
export function renderTest(run: Run, finding: Finding): RepairTest {
	const why = obstacleTo(run, finding);
	if (why !== undefined) return { kind: "none", why };
	const flow = flowOf(run, finding);
	const last = finding.evidence.length;
	const steps = finding.evidence.flatMap((step, index) =>
		renderStep(step, { flow, index, isLast: index + 1 === last }),
	);
	const assertions = SHAPES.has(finding.rule) ? shapeAssertions(run, finding) : expectAssertions(finding, flow);
	const { operation, documented } = finding;
	const title = JSON.stringify(`${operation.method} ${operation.path}: ${documented}`);
	const body = [...steps, ...assertions].map((line) => `\t${line}`).join("\n");
	const isShape = SHAPES.has(finding.rule);
	const imports = [
		...(isShape ? ['import { faultsOf } from "holdfast";'] : []),
		'import { expect, test } from "vitest";',
	];
	const code = `${renderConstants(flow)}\n${body}`;
	const parts = [
		renderHeading(run, finding, flow),
		imports.join("\n"),
		renderConstants(flow),
		`test(${title}, async () => {\n${body}\n});`,
		helpersFor(code),
	];
	return { kind: "test", text: `${parts.filter((part) => part !== "").join("\n\n")}\n` };
}

function renderHeading(run: Run, finding: Finding, { variables }: Flow): string {
	const { operation, documented, observed, source, because, fingerprint } = finding;
	const set = ["TARGET", ...variables.values()].map((name) => `${name}=…`).join(" ");
	const place = renderPlace({ file: source.file, ...(source.line === undefined ? {} : { line: source.line }) });
	return [
		`${operation.method} ${operation.path} is documented: ${documented} (${place}${because === undefined ? "" : `: ${because}`}).`,
		`Observed when this was written: ${observed}. It fails until the service keeps its promise (${fingerprint}, ${run.contract.api}).`,
		"",
		`  ${set} npx vitest run ${fingerprint}.test.ts`,
	]
		.map((line) => `// ${line.replace(/\s+/g, " ").trimStart()}`.trimEnd())
		.map((line, index) => (index === 3 ? line.replace("// ", "//   ") : line))
		.join("\n");
}

function renderConstants({ variables, secrets, marker }: Flow): string {
	const lines = [
		'const TARGET = variable("TARGET").replace(/\\/+$/, "");',
		...[...variables.values()].map((name) => `const ${name} = variable("${name}");`),
		...(marker === undefined
			? []
			: [
					`/** In every key, and new each time: nothing of an earlier run is met. */\nconst RUN = fresh(${JSON.stringify(marker)});`,
				]),
		...[...secrets.values()].map((name) => `const ${name} = fresh("a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0");`),
	];
	return lines.join("\n");
}

/** What the check itself accepts in every answer. */
const ANY_JSON = "application/json, */*;q=0.5";

interface Writing {
	readonly flow: Flow;
	readonly index: number;
	readonly isLast: boolean;
}

function renderStep({ exchange }: Step, { flow, index, isLast }: Writing): readonly string[] {
	const { request, answer } = exchange;
	const headers = Object.entries(request.headers)
		.filter(([name, value]) => name !== "accept" || value !== ANY_JSON)
		.map(([name, value]) => `${key(name)}: ${flow.code(value, index)}`);
	const parts = [
		...(headers.length === 0 ? [] : [`headers: { ${headers.join(", ")} }`]),
		...(request.body === undefined ? [] : [`body: ${renderBody(String(request.body), flow, index)}`]),
	];
	const options = parts.length === 0 ? "" : `, {\n${parts.map((part) => `\t\t${part},\n`).join("")}\t}`;
	const name = `answer${index + 1}`;
	const sending = `const ${name} = await send(${JSON.stringify(request.method)}, ${renderPath(request.path, flow, index)}${options});`;
	if (isLast || !isAnswer(answer)) return [sending];
	return [sending, `expect(${name}.status).toBe(${answer.status});`];
}

function renderBody(body: string, flow: Flow, index: number): string {
	const value = parse(body);
	return typeof value === "object" && value !== null
		? `JSON.stringify(${literal(value, flow, index)})`
		: flow.code(body, index);
}

/** Each part of a path by itself: one of them may be a key. */
function renderPath(path: string, flow: Flow, index: number): string {
	const [before = "", ...query] = path.split("?");
	const parts = before.split("/").map((segment) => inside(flow.code(decoded(segment), index), segment));
	const pairs = query
		.join("?")
		.split("&")
		.map((pair) => {
			const [name = "", ...value] = pair.split("=");
			return value.length === 0
				? pair
				: `${name}=${inside(flow.code(decoded(value.join("=")), index), value.join("="))}`;
		});
	const text = query.length === 0 ? parts.join("/") : `${parts.join("/")}?${pairs.join("&")}`;
	return text.includes("${") ? `\`${text}\`` : JSON.stringify(text);
}

/** A part that is a plain text stays as it was sent. */
function inside(code: string, raw: string): string {
	if (code.startsWith('"')) return raw;
	// Nothing in it needs an escape, then.
	return code.startsWith("`") && /^[\w.~-]*$/.test(raw) ? code.slice(1, -1) : `\${encodeURIComponent(${code})}`;
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function literal(value: Json, flow: Flow, index: number): string {
	if (typeof value === "string") return flow.code(value, index);
	if (typeof value === "number") {
		const code = flow.code(String(value), index);
		return code.startsWith('"') ? String(value) : code;
	}
	if (typeof value !== "object" || value === null) return String(value);
	if (Array.isArray(value)) return `[${value.map((item: Json) => literal(item, flow, index)).join(", ")}]`;
	const members = Object.entries(value).map(([name, member]) => `${key(name)}: ${literal(member, flow, index)}`);
	return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

function key(name: string): string {
	if (name === "__proto__") return '["__proto__"]';
	return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function shapeAssertions(run: Run, { rule, operation, evidence }: Finding): readonly string[] {
	const { file, overlays = [] } = run.contract;
	const document = `spec: ${JSON.stringify(file)}${overlays.length === 0 ? "" : `, overlays: ${JSON.stringify(overlays)}`}`;
	return [
		"// Paths are relative to the folder in which the tests are started.",
		`const faults = await faultsOf({ ${document}, operation: ${JSON.stringify(operation.id)}, answer: answer${evidence.length} });`,
		`expect(faults.filter(({ rule }) => rule === ${JSON.stringify(rule)})).toEqual([]);`,
	];
}

function expectAssertions({ evidence }: Finding, flow: Flow): readonly string[] {
	const index = evidence.length - 1;
	const { expects } = evidence[index] as Step;
	if (expects === undefined) return [];
	const answer = `answer${index + 1}`;
	const body = expects.body === undefined ? [] : bodyAssertions(expects.body, `${answer}.body`, { flow, index });
	return [statusAssertion(expects.statuses, answer), ...body];
}

function statusAssertion(statuses: readonly string[], answer: string): string {
	if (statuses.every((status) => /^\d{3}$/.test(status)))
		return `expect([${statuses.join(", ")}]).toContain(${answer}.status);`;
	return `expect(${JSON.stringify(statuses)}.some((status) => isStatus(${answer}.status, status)), \`status \${${answer}.status}\`).toBe(true);`;
}

interface Asserting {
	readonly flow: Flow;
	readonly index: number;
}

function bodyAssertions(expected: Expected, code: string, writing: Asserting): readonly string[] {
	const { flow, index } = writing;
	switch (expected.kind) {
		case "any":
			return [];
		case "value":
			return [`expect(${code}).toEqual(${matcher(expected, writing)});`];
		case "absent":
			return [`expect(${code}).toBeUndefined();`];
		case "not":
			return [`expect(${code}).not.toEqual(${matcher({ kind: "value", value: expected.value }, writing)});`];
		case "object":
			return Object.entries(expected.members).flatMap(([name, member]) =>
				bodyAssertions(member, `${code}?.${propertyAfter(name)}`, writing),
			);
		case "list": {
			const items = expected.items.map((item) => matcher(item, writing));
			const without = expected.without.map(
				(value) => `expect(${code}).not.toContainEqual(${literal(value, flow, index)});`,
			);
			if (expected.ordered && expected.complete) return [`expect(${code}).toEqual([${items.join(", ")}]);`, ...without];
			const length = expected.complete ? [`expect(${code}).toHaveLength(${items.length});`] : [];
			return [...items.map((item) => `expect(${code}).toContainEqual(${item});`), ...length, ...without];
		}
	}
}

/** After `?.`, where a dot or a bracket may follow. */
function propertyAfter(name: string): string {
	const written = property(name);
	return written.startsWith(".") ? written.slice(1) : written;
}

/** A value as Vitest compares it: objects may have further members. */
function matcher(expected: Expected, writing: Asserting): string {
	switch (expected.kind) {
		case "any":
		case "absent":
		case "not":
			return "expect.anything()";
		case "value":
			return valueMatcher(expected.value, writing);
		case "object":
			return `expect.objectContaining({ ${Object.entries(expected.members)
				.filter(([, member]) => member.kind !== "absent" && member.kind !== "not")
				.map(([name, member]) => `${key(name)}: ${matcher(member, writing)}`)
				.join(", ")} })`;
		case "list": {
			const items = expected.items.map((item) => matcher(item, writing));
			return expected.ordered && expected.complete
				? `[${items.join(", ")}]`
				: `expect.arrayContaining([${items.join(", ")}])`;
		}
	}
}

function valueMatcher(value: Json, { flow, index }: Asserting): string {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return literal(value, flow, index);
	return `expect.objectContaining(${literal(value, flow, index)})`;
}

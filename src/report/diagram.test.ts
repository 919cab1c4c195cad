import { expect, test } from "vitest";
import type { Expected, Finding, Step } from "../finding/finding.ts";
import { DRIFT, SAMPLE } from "../finding/sample-run.ts";
import { diagramOf, type Side } from "./diagram.ts";

const list = (items: readonly string[]): Expected => ({
	kind: "list",
	items: items.map((value) => ({ kind: "value", value })),
	ordered: false,
	complete: true,
	without: [],
});
const value = (raw: string): Expected => ({ kind: "value", value: raw });
const [FIRST, LAST] = DRIFT.evidence as [Step, Step];

function told(step: Step, body: Expected | undefined, answer: unknown): Step {
	const came = { status: 200, headers: {}, body: JSON.stringify(answer) };
	const expects = body === undefined ? {} : { expects: { statuses: ["200"], body } };
	return { ...step, ...expects, exchange: { ...step.exchange, answer: came } };
}

/** A side in short: what differs has its mark in front. */
function short(side: Side | undefined): string {
	const piece = ({ text, mark }: { text: string; mark: string }): string =>
		mark === "same" ? text : `${mark}:${text}`;
	if (side === undefined) return "";
	if (side.kind === "text") return piece(side.piece);
	if (side.kind === "items") return side.items.map(piece).join(" ");
	return side.fields.map(({ name, pieces }) => `${name}=${pieces.map(piece).join(" ")}`).join(" ");
}
function draw(...evidence: readonly Step[]): readonly [string, string] {
	const last = diagramOf(SAMPLE, { ...DRIFT, evidence }).at(-1);
	return [short(last?.predicted), short(last?.observed)];
}

test.each<[string, Expected, unknown, readonly [string, string]]>([
	["an item that is still there", list(["b"]), ["a", "b"], ["b", "stale:a b"]],
	["an item that nobody predicted", list(["b"]), ["b", "c"], ["b", "b extra:c"]],
	["an item that is missing", list(["b", "d"]), ["b"], ["b missing:d", "b"]],
	["a field with another value", { kind: "object", members: { n: value("x") } }, { n: "y" }, ["n=x", "n=other:y"]],
	[
		"a field that is not there",
		{ kind: "object", members: { n: value("x") } },
		{},
		["n=missing:x", "n=other:not there"],
	],
	[
		"a value that must go",
		{ kind: "object", members: { n: { kind: "not", value: "x" } } },
		{ n: "x" },
		["n=not x", "n=other:x"],
	],
	[
		"what is shown besides",
		{ kind: "object", members: { n: value("x") } },
		{ n: "x", m: "y" },
		["n=x", "n=x m=extra:y"],
	],
])("marks %s", (_, expected, answer, sides) => {
	expect(draw(told(FIRST, list(["a"]), ["a"]), told(LAST, expected, answer))).toEqual(sides);
});

test("marks the place of a body that a finding is about", () => {
	const finding: Finding = {
		...DRIFT,
		rule: "response-schema-conformance",
		subject: "body/*/price of 200",
		documented: "must be a number",
		evidence: [told({ ...LAST, predicted: "" }, undefined, [{ name: "a", price: "1" }])],
	};
	const [row] = diagramOf(SAMPLE, finding);
	expect([short(row?.predicted), short(row?.observed)]).toEqual(["price=must be a number", "price=other:1 name=a"]);
});

test("shows what differs of a list that is too long to be shown whole", () => {
	const many = Array.from({ length: 40 }, (_, index) => `item-${index}`);
	const last = diagramOf(SAMPLE, { ...DRIFT, evidence: [told(LAST, list(many), [...many, "extra"])] }).at(-1);
	expect(last?.observed).toMatchObject({ kind: "items", more: 29 });
	expect(short(last?.observed)).toContain("extra:extra");
});

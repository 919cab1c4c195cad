import { expect, test } from "vitest";
import { type SampleOperations, sampleObject, TEXT } from "../model/sample-model.ts";
import { checkSample } from "./fixture/check-sample.ts";
import { linesOf } from "./fixture/check-service.ts";
import { Refusal, type Routes } from "./fixture/serve.ts";
import { rankTest } from "./timing.ts";

const OPERATIONS: SampleOperations = {
	"GET /status": { id: "getStatus", answers: { 200: sampleObject({ up: TEXT }), 401: null }, security: [{ key: [] }] },
};
const rest = { components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } } } };
const KEY = "a-key-of-sixteen";

/** Work that takes so long whatever the machine does besides: a comparison that is coarse enough to be measured. */
function work(ms: number): void {
	for (const until = performance.now() + ms; performance.now() < until; );
}

const status = (msFor: (sent: string) => number): Routes => ({
	"GET /status": ({ headers }) => {
		const sent = String(headers["x-key"] ?? "");
		work(msFor(sent));
		if (sent !== KEY) throw new Refusal(401, "a key is needed");
		return [200, { up: "yes" }];
	},
});

function rightLetters(sent: string): number {
	let count = 0;
	while (count < KEY.length && sent[count] === KEY[count]) count++;
	return count;
}

const FOUND =
	"guard of getStatus: documented a wrong key is refused, observed the later, the more of its beginning is right";

test.each<[string, (sent: string) => number, boolean, readonly string[]]>([
	["stops at the first wrong letter is told", (sent) => rightLetters(sent) * 0.3, true, [FOUND]],
	["looks at all letters is not", () => 2, true, []],
	["stops at the first wrong letter is not told unasked", (sent) => rightLetters(sent) * 0.3, false, []],
])("a comparison that %s", async (_, msFor, timing, found) => {
	const run = await checkSample(OPERATIONS, status(msFor), { rest, headers: { "X-Key": KEY }, timing, phases: [] });
	expect(linesOf(run)).toEqual(found);
	expect(JSON.stringify(run)).not.toContain(KEY);
});

test.each([
	[[3, 4], [1, 2], 1.55],
	[[1, 2], [3, 4], -1.55],
	[[1, 1], [1, 1], 0],
])("of %j against %j the rank test says %f", (greater, less, z) => {
	expect(rankTest(greater, less)).toBeCloseTo(z, 2);
});

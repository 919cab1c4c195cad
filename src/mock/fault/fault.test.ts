import { expect, test } from "vitest";
import { refusal } from "../../contract/sample-files.ts";
import { parseFault, renderFault } from "./fault.ts";

test.each([
	["status=503", { rate: 1, status: 503 }],
	[
		"GET /pets/{pet_id}:cancel: status=error, rate=0.1",
		{ operation: "GET /pets/{pet_id}:cancel", status: "error", rate: 0.1 },
	],
	["list*: latency=100-500ms", { operation: "list*", rate: 1, latency: { minMs: 100, maxMs: 500 } }],
	["latency=1s-2s,slow=250", { rate: 1, latency: { minMs: 1000, maxMs: 2000 }, slow: { minMs: 250, maxMs: 250 } }],
	["drop=within-body", { rate: 1, drop: "within-body" }],
])("%s is a fault", (text, fault) => {
	expect(parseFault(text)).toEqual(fault);
	expect(parseFault(renderFault(parseFault(text)))).toEqual(fault);
});

test.each([
	["rate=0.1", "does nothing"],
	["statsu=503", 'statsu is nothing that a fault has; did you mean "status"?'],
	["latency=1h", "latency is a time of at most ten minutes"],
	["latency=2s-1s", "latency is a time"],
	["latency=11m", "latency is a time"],
	["status=99", "status is a status"],
	["", "nothing is nothing that a fault has"],
	["listPets:", "nothing is nothing that a fault has"],
])("%j is refused", async (text, message) => {
	const told = await refusal(Promise.resolve().then(() => parseFault(text)));
	expect(told.join()).toContain(message);
});

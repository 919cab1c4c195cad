import { expect, test } from "vitest";
import { selectFaults } from "./select-faults.ts";

const KNOWN = ["list-drops-last", "upsert-merges"] as const;

test("only the chosen faults are on", () => {
	const faults = selectFaults(KNOWN, ["upsert-merges"]);
	expect(faults.has("upsert-merges")).toBe(true);
	expect(faults.has("list-drops-last")).toBe(false);
});

test.each([
	["list-drop-last", 'did you mean "list-drops-last"?'],
	["something-else-entirely", "known are list-drops-last, upsert-merges"],
])("%s is refused; %s", (name, hint) => {
	expect(() => selectFaults(KNOWN, [name])).toThrow(hint);
});

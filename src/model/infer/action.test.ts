import { expect, test } from "vitest";
import { isAction } from "./action.ts";

test.each(["terminate_sessions", "generateClientKey", "mark-read", "bulk.delete"])("%s is an action", (text) => {
	expect(isAction({ kind: "literal", text })).toBe(true);
});

test.each(["import", "tests", "runs", "copyright", "checkout", "orders"])("%s may be a noun", (text) => {
	expect(isAction({ kind: "literal", text })).toBe(false);
});

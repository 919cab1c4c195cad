import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { styleText } from "node:util";
import { afterAll, expect, test } from "vitest";
import { plainText } from "./plain-text.ts";
import { runCli } from "./run-cli.ts";
import { testIo } from "./sample-io.ts";

test.each<[string, string, string]>([
	["a window title", "\u001b]0;owned\u0007", "\\u001b]0;owned\\u0007"],
	["the clipboard", "\u001b]52;c;b3duZWQ=\u001b\\", "\\u001b]52;c;b3duZWQ=\\u001b\\"],
	["the screen", "\u001b[2J", "\\u001b[2J"],
	["hidden writing", "\u001b[8m", "\\u001b[8m"],
	["the eight-bit form", "\u009b2J", "\\u009b2J"],
	["the begin of the line", "good\rbad", "good\\u000dbad"],
	["the direction", "a\u202eb", "a\\u202eb"],
	["DEL and NUL", "\u007f\u0000", "\\u007f\\u0000"],
])("%s cannot be touched, with colours or without", (_, text, shown) => {
	expect(plainText(text, false)).toBe(shown);
	expect(plainText(text, true)).toBe(shown);
});

test.each(["tab\tand\nline", "Ünï 🦊 שלום"])("%j stays as it is", (text) => {
	expect(plainText(text, false)).toBe(text);
});

test("the line end of another system is one line end", () => {
	expect(plainText("a\r\nb", false)).toBe("a\nb");
});

test("our own colours pass on a terminal, and nowhere else", () => {
	const bold = styleText(["bold", "red"], "DRIFT", { validateStream: false });
	const live = "\r\u001b[2K  values";
	for (const format of ["dim", "green", "red", "bold", "yellow", "gray", "cyan"] as const) {
		const styled = styleText(format, "x", { validateStream: false });
		expect(plainText(styled, true)).toBe(styled);
	}
	expect(plainText(`${live}${bold}`, true)).toBe(`${live}${bold}`);
	expect(plainText(bold, false)).toContain("\\u001b");
});

const folder = mkdtempSync(join(tmpdir(), "holdfast-controls-"));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
	["explain", []],
	["check", ["--target", "http://127.0.0.1:9", "--dry-run", "--no-report"]],
	["mock", ["--port", "0"]],
])("holdfast %s lets no control character of a document through", async (command, more) => {
	const evil = "\u001b]0;owned\u0007\u009b2J\u202e";
	const responses = { 200: { description: evil, content: { "application/json": { schema: { type: "object" } } } } };
	const operation = { operationId: `get${evil}`, summary: evil, description: `Replaces ${evil} the pet.`, responses };
	const document = {
		openapi: "3.1.0",
		info: { title: `Pets ${evil}`, version: evil, description: evil },
		paths: {
			[`/pets${evil}/{id}`]: { get: operation, put: { ...operation, operationId: `put${evil}` } },
			[`/wrong${evil}/{id}`]: { get: { responses: {}, parameters: [{ in: evil, name: evil }] } },
		},
	};
	writeFileSync(join(folder, "openapi.json"), JSON.stringify(document));
	const stop = new AbortController();
	const io = testIo({ cwd: folder, color: true, isTty: true, signal: stop.signal });
	setTimeout(() => stop.abort(), 1_500);
	await runCli([command, "openapi.json", "--no-config", ...more], io);
	const written = io.written.out + io.written.err;
	expect(written).toContain("\\u001b]0;owned\\u0007\\u009b2J\\u202e");
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
	expect(written.replace(/\u001b\[\d+m/g, "")).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
});

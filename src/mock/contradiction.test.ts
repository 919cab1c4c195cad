import { describe, expect, test } from "vitest";
import type { Problem } from "../problem/problem.ts";
import { PETS, sampleMock } from "./sample-mock.ts";

/** The first text after another one takes its place. */
function after(text: string, anchor: string, change: readonly [string, string]): string {
	const at = text.indexOf(anchor);
	return text.slice(0, at) + text.slice(at).replace(...change);
}

describe("where the document contradicts itself", () => {
	test("an answer is valid all the same, and the user is told where", async () => {
		const text = after(PETS, "    Pet:\n", [
			"age: { type: integer, minimum: 0 }",
			"age: { type: integer, minimum: 100 }",
		]);
		const notes: Problem[] = [];
		const { send } = await sampleMock(text, { onNote: (note) => void notes.push(note) });
		const { body } = await send("POST", "/pets", { name: "Rex", age: 3 });
		expect(body).toMatchObject({ name: "Rex" });
		expect(body).not.toHaveProperty("age");
		expect((await send("GET", "/pets")).body).toMatchObject({ data: [body] });
		expect(notes[0]).toMatchObject({ code: "contradiction", place: { line: expect.any(Number) } });
		expect(notes[0]?.message).toMatch(/cannot show what is stored: \/age must be at least 100/);
	});

	test("an example that is not valid is not served, and the user is told at the start", async () => {
		const { mock, send } = await sampleMock(
			PETS.replace("example: { theme: dark, page_size: 50 }", "example: { theme: blue }"),
		);
		expect(mock.describe().problems).toMatchObject([
			{
				code: "invalid-example",
				message: expect.stringMatching(/^the example "example" is not valid: \/theme must be one of/),
			},
		]);
		expect(["light", "dark", undefined]).toContain(((await send("GET", "/settings")).body as { theme?: string }).theme);
	});

	test("a schema that nothing satisfies is told, and an answer comes all the same", async () => {
		const text = PETS.replace("state: { const: booked }", "state: { const: booked, type: integer }");
		const notes: Problem[] = [];
		const { send } = await sampleMock(text, { onNote: (note) => void notes.push(note) });
		expect((await send("POST", "/walks", { minutes: 5 })).status).toBe(202);
		expect(notes.map(({ code }) => code)).toContain("no-valid-value");
	});

	test.each([
		["objects that must have three of the next", 20, "[a, b, c]"],
		["objects that may have three of the next", 20, "[]"],
	])("a bomb of %s is answered at once, and told where it cannot be filled", async (_, levels, required) => {
		const next = (level: number) => `{ $ref: '#/components/schemas/L${level + 1}' }`;
		const schemas = Array.from({ length: levels }, (_each, level) => {
			const properties = ["a", "b", "c"].map((name) => `${name}: ${next(level)}`).join(", ");
			return `    L${level}: { type: object, required: ${required}, properties: { ${properties} } }\n`;
		}).join("");
		const text = `openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /bombs/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { 200: { description: One, content: { application/json: { schema: ${next(-1)} } } } }
components:
  schemas:
${schemas}    L${levels}: { type: string }
`;
		const before = process.cpuUsage();
		const { mock, send } = await sampleMock(text, { unknown: "conjure" });
		expect((await send("GET", "/bombs/1")).status).toBe(200);
		const { user } = process.cpuUsage(before);
		expect(user / 1_000).toBeLessThan(2_000);
		const told = mock.describe().problems.map(({ message }) => message);
		expect(told.some((message) => message.includes("more than 2000 values"))).toBe(required !== "[]");
	});
});

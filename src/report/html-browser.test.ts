import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KNOWN, SAMPLE } from "../finding/sample-run.ts";
import { renderHtml } from "./html.ts";
import { findChromium } from "./sample-browser.ts";
import { manyRun } from "./sample-many.ts";

const program = findChromium();
const skipped = "no chromium on this machine: apt-get install chromium";

let folder = "";
let browser: Browser;
/** The page is large and the machine may be busy. */
const eventually = <Value>(read: () => Promise<Value>) => expect.poll(read, { timeout: 15_000 });
const many = manyRun({ operations: 2_000, findings: 500 });
const requests: string[] = [];
const errors: string[] = [];

describe.skipIf(program === undefined)(`the page in a browser${program === undefined ? ` (${skipped})` : ""}`, () => {
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "holdfast-html-"));
		const write = (name: string, page: string): Promise<void> => writeFile(join(folder, name), page);
		await write("small.html", renderHtml([{ ...SAMPLE, findings: [KNOWN] }], { since: [{ ...SAMPLE, claims: [] }] }));
		await write("many.html", renderHtml([many]));
		// The sandbox of Chromium wants a user who is not root.
		browser = await chromium.launch({ executablePath: program ?? "", args: ["--no-sandbox"] });
	});
	afterAll(async () => {
		await browser?.close();
		await rm(folder, { recursive: true });
	});

	async function open(name: string, options: Parameters<Browser["newPage"]>[0] = {}): Promise<Page> {
		const page = await browser.newPage({ viewport: { width: 1_280, height: 900 }, ...options });
		page.on("request", (request) => requests.push(request.url()));
		page.on("console", (message) => errors.push(message.text()));
		page.on("pageerror", (error) => errors.push(error.message));
		await page.goto(pathToFileURL(join(folder, name)).href);
		return page;
	}

	test("draws the proof, and marks what differs", async () => {
		const page = await open("small.html");
		const proof = page.getByRole("table", { name: "Proof" });
		await eventually(() => proof.getByRole("row").count()).toBe(3);
		const last = proof.getByRole("row").last();
		expect(await last.getByRole("rowheader").textContent()).toContain('PUT /admin/apps/{app_id}/cids["2","3"]');
		expect((await last.getByRole("cell").allTextContents()).map((text) => text.replace(/\s+/g, " ").trim())).toEqual([
			"docs predict2 3",
			"≠differs",
			"service shows1 2 3 differs",
		]);
		expect(await page.getByText("Replace the allow-list").first().isVisible()).toBe(true);
		await page.close();
	});

	test("filters by words, by rule and by what a finding is", async () => {
		const page = await open("many.html");
		const shown = (): Promise<number> => page.locator(".finding:not([hidden])").count();
		const said = page.locator("#shown");
		expect(await shown()).toBe(500);
		await page.getByRole("searchbox").fill(`collection- ${many.findings[77]?.fingerprint}`);
		await eventually(shown).toBe(1);
		expect(await said.textContent()).toBe("1 of 500 findings");
		await page.getByRole("searchbox").fill("there is no such word");
		await eventually(() => page.getByText("Nothing matches.").isVisible()).toBe(true);
		await page.getByRole("button", { name: "Show all" }).click();
		await eventually(shown).toBe(500);
		await page.getByLabel("rule").selectOption("race");
		await eventually(shown).toBe(many.findings.filter(({ rule }) => rule === "race").length);
		await page.getByRole("button", { name: "Show all" }).click();
		const known = page.locator("button.figure.known");
		await known.click();
		expect(await known.getAttribute("aria-pressed")).toBe("true");
		expect(await shown()).toBe(await page.locator('.finding[data-standing="known"]').count());
		await page.close();
	});

	test("copies the commands, and says so", async () => {
		const page = await open("small.html");
		await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
		await page.getByText("The same with curl").click();
		await page.getByRole("button", { name: "Copy the commands" }).click();
		await eventually(() => page.locator("button.copy").first().textContent()).toBe("Copied");
		const copied = await page.evaluate("navigator.clipboard.readText()");
		expect(copied).toMatch(/^TARGET='http:\/\/127\.0\.0\.1:8080'\n(?:.*\n)?curl -g -X PUT /);
		await page.close();
	});

	test("unfolds with the keyboard, and what a link leads to", async () => {
		const page = await open("many.html");
		const first = page.locator(".finding").first();
		await first.locator("summary").first().focus();
		await page.keyboard.press("Enter");
		await eventually(() => first.getByRole("table", { name: "Proof" }).isVisible()).toBe(true);
		await page.evaluate("location.hash = document.querySelector('.map th a').getAttribute('href')");
		const operation = page.locator(".operation").first();
		await eventually(() => operation.getByText("keeps the promise of replace").isVisible()).toBe(true);
		await page.close();
	});

	test("is dark where dark is wanted", async () => {
		const paper = async (colorScheme: "light" | "dark"): Promise<number> => {
			const page = await open("small.html", { colorScheme });
			const color = String(await page.evaluate("getComputedStyle(document.body).backgroundColor"));
			await page.close();
			return Number(/\d+/.exec(color)?.[0]);
		};
		expect(await paper("light")).toBeGreaterThan(200);
		expect(await paper("dark")).toBeLessThan(50);
	});

	test("unfolds for paper, and fits a narrow screen", async () => {
		const page = await open("small.html", { viewport: { width: 360, height: 800 } });
		expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
		await page.locator(".finding summary").first().click();
		expect(await page.locator(".finding").first().getAttribute("open")).toBeNull();
		await page.evaluate("dispatchEvent(new Event('beforeprint'))");
		expect(await page.locator(".finding").first().getAttribute("open")).toBe("");
		await page.evaluate("dispatchEvent(new Event('afterprint'))");
		expect(await page.locator(".finding").first().getAttribute("open")).toBeNull();
		await page.close();
	});

	test.each(["light", "dark"] as const)("axe finds no violation, in %s", async (colorScheme) => {
		const page = await open("small.html", { colorScheme, bypassCSP: true });
		await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
		await page.evaluate(axe.source);
		const result = (await page.evaluate("axe.run()")) as {
			readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
			readonly passes: readonly unknown[];
		};
		expect(result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
		expect(result.passes.length).toBeGreaterThan(20);
		await page.close();
	});

	test("opens 2,000 operations and 500 findings within a second", async () => {
		const times: number[] = [];
		// The machine may do other things: the best of three is what the page needs.
		for (let round = 0; round < 3; round++) {
			const page = await open("many.html");
			times.push(Number(await page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")));
			await page.close();
		}
		expect(Math.min(...times)).toBeLessThan(1_000);
	});

	test("asked nobody for anything, and nothing went wrong", () => {
		expect(requests.filter((url) => !url.startsWith("file:"))).toEqual([]);
		expect(requests.length).toBeGreaterThan(5);
		expect(errors).toEqual([]);
	});
});

test("a machine without a browser is told from one with it", () => {
	expect(findChromium({ PATH: "/nowhere" })).toBeUndefined();
	expect(findChromium({ CHROMIUM: "/opt/chrome" })).toBe("/opt/chrome");
});

import { describe, expect, test } from "vitest";
import { type SampleOperations, sampleObject } from "../model/sample-model.ts";
import { checkSample } from "./fixture/check-sample.ts";
import { linesOf } from "./fixture/check-service.ts";
import { acceptSchema } from "./fixture/document.ts";
import { type Asked, Refusal, type Routes } from "./fixture/serve.ts";

const READ_ONLY = { readOnly: true } as const;
const OWN = {
	id: { type: "string", ...READ_ONLY },
	author: { type: "string", maxLength: 60, ...READ_ONLY },
	created_at: { type: "string", format: "date-time", ...READ_ONLY },
	updated_at: { type: "string", format: "date-time", ...READ_ONLY },
};
const PAGE = sampleObject({ "title!": { type: "string", minLength: 1, maxLength: 40 }, ...OWN });
const OPERATIONS: SampleOperations = {
	"POST /pages": { id: "createPage", body: PAGE, answers: { 201: PAGE, 400: null } },
	"GET /pages/{id}": { id: "getPage", answers: { 200: PAGE, 404: null } },
	"PUT /pages/{id}": { id: "replacePage", body: PAGE, answers: { 200: PAGE, 400: null, 404: null } },
	"DELETE /pages/{id}": { id: "deletePage", answers: { 204: null, 404: null } },
};

type Page = Readonly<Record<string, unknown>>;

interface Ways {
	/** What is taken of the body of a new page, and of a change. */
	readonly creates: (sent: Page) => Page;
	readonly changes: (sent: Page, before: Page) => Page;
	readonly accepts: (sent: Page) => void;
}

const ONLY_TITLE = ({ title }: Page): Page => ({ title });
const accept = acceptSchema(PAGE as object);

function pages({ creates = ONLY_TITLE, changes = ONLY_TITLE, accepts = () => undefined }: Partial<Ways>): Routes {
	const kept = new Map<string, Page>();
	let last = 0;
	const now = (): string => new Date().toISOString();
	const found = ({ names: [id = ""] }: Asked): Page => {
		const page = kept.get(id);
		if (page === undefined) throw new Refusal(404, "there is no such page");
		return page;
	};
	const sentIn = ({ body }: Asked): Page => {
		const sent = accept(body) as Page;
		accepts(sent);
		return sent;
	};
	const keep = (page: Page): Page => {
		kept.set(String(page.id), page);
		return page;
	};
	return {
		"POST /pages": (asked) => {
			const made = { author: `writer ${last}`, created_at: now(), updated_at: now(), ...creates(sentIn(asked)) };
			return [201, keep({ ...made, id: `p${++last}` })];
		},
		"GET /pages/{}": (asked) => [200, found(asked)],
		"PUT /pages/{}": (asked) => {
			const before = found(asked);
			return [200, keep({ ...before, updated_at: now(), ...changes(sentIn(asked), before), id: before.id })];
		},
		"DELETE /pages/{}": (asked) => {
			kept.delete(String(found(asked).id));
			return [204];
		},
	};
}

const without =
	(name: string) =>
	(sent: Page): Page =>
		Object.fromEntries(Object.entries(sent).filter(([one]) => one !== name));
const NO_TIMES = (sent: Page): Page => without("created_at")(without("updated_at")(sent));

const FAULTS: Readonly<Record<string, readonly [Partial<Ways>, ...found: string[]]>> = {
	"a new page takes its author from the client": [
		{ creates: NO_TIMES },
		"effect of createPage: documented author is read-only, observed author is taken from the client",
	],
	"a change takes the author from the client": [
		{ changes: NO_TIMES },
		"effect of replacePage: documented author is read-only, observed author is taken from the client",
	],
	"a change takes the time of creation from the client": [
		{ changes: ({ title, created_at }) => ({ title, ...(created_at === undefined ? {} : { created_at }) }) },
		"effect of replacePage: documented created_at is read-only, observed created_at is taken from the client",
	],
};

const RENEWED: readonly [Partial<Ways>, ...found: string[]] = [
	{ changes: ({ title }) => ({ title, created_at: new Date().toISOString() }) },
	"effect of replacePage: documented created_at stays as it is, observed renewed",
];

const phases = ["examples", "values", "experiments"] as const;

describe("of what is the server's own the check finds that", () => {
	test("a change renews the time of creation, within the second", async () => {
		const [ways, found] = RENEWED;
		const run = await checkSample(OPERATIONS, pages(ways), { phases });
		expect(linesOf(run)).toEqual([found]);
		expect(run.findings.map(({ level }) => level)).toEqual(["surprise"]);
	});

	test.each(Object.entries(FAULTS))("%s", async (_, [ways, ...found]) => {
		expect(linesOf(await checkSample(OPERATIONS, pages(ways), { phases }))).toEqual(found);
	});
});

describe("what is the server's own is as documented where the service", () => {
	test.each<[string, Partial<Ways>]>([
		["leaves out what a client sends", {}],
		[
			"refuses it",
			{
				accepts: (sent) => {
					if (Object.keys(sent).some((name) => name !== "title")) throw new Refusal(400, "only a title is taken");
				},
			},
		],
	])("%s", async (_, ways) => {
		const run = await checkSample(OPERATIONS, pages(ways));
		expect(linesOf(run)).toEqual([]);
	});
});

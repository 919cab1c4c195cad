import { expect, test } from "vitest";
import { type SampleOperations, sampleObject } from "../model/sample-model.ts";
import { checkSample } from "./fixture/check-sample.ts";
import { linesOf } from "./fixture/check-service.ts";
import { acceptSchema } from "./fixture/document.ts";
import { Refusal, type Routes } from "./fixture/serve.ts";

const FIELDS = { "name!": { type: "string", minLength: 1, maxLength: 40 } };
const ID = { type: "string", readOnly: true };
const TIME = { type: "string", format: "date-time" };
const BOX = sampleObject({ "id!": ID, ...FIELDS });
const EVENT = sampleObject({
	"id!": ID,
	"action!": { enum: ["box.made", "lid.made"] },
	"resource_id!": { type: "string" },
	"created_at!": TIME,
});
const query = (name: string, schema: object, description = "") => ({ name, in: "query", schema, description });
const whole = (least: number, usual: number) => ({ type: "integer", minimum: least, maximum: 100, default: usual });
const OPERATIONS: SampleOperations = {
	"GET /boxes": { id: "listBoxes", answers: { 200: { type: "array", items: BOX } } },
	"POST /boxes": { id: "makeBox", body: sampleObject(FIELDS), answers: { 201: BOX, 400: null } },
	"GET /lids": { id: "listLids", answers: { 200: { type: "array", items: BOX } } },
	"POST /lids": { id: "makeLid", body: sampleObject(FIELDS), answers: { 201: BOX, 400: null } },
	"GET /events": {
		id: "listEvents",
		summary: "Lists what was done, the newest first.",
		parameters: [
			query("page", whole(1, 1), "Which page, counted from 1."),
			query("limit", whole(1, 50), "How many events a page has."),
			query("action", { enum: ["box.made", "lid.made"] }, "Leaves the events of this action."),
			query("until_date", { type: "string", format: "date" }, "The last day of the range, in UTC."),
		],
		answers: {
			200: sampleObject({ "events!": { type: "array", items: EVENT }, "total!": { type: "integer" } }),
			400: null,
		},
	},
};
const rest = { "x-holdfast": { resources: { events: { records: "writes" } } } };

interface Event {
	readonly id: string;
	readonly action: string;
	readonly created_at: string;
}

interface Ways {
	readonly isShown: (event: Event, asked: URLSearchParams) => boolean;
	readonly inOrder: (events: readonly Event[]) => readonly Event[];
	/** So many stood there before. */
	readonly before: number;
}

const HONEST: Ways = {
	isShown: ({ action, created_at }, asked) =>
		(asked.get("action") ?? action) === action && created_at.slice(0, 10) <= (asked.get("until_date") ?? "9999"),
	inOrder: (events) => events.toReversed(),
	before: 3,
};

/** Boxes and lids, and a log of how they were made. */
function store({ isShown, inOrder, before }: Ways): Routes {
	const accept = acceptSchema(sampleObject(FIELDS) as object);
	const kept = new Map<string, object[]>([
		["box", []],
		["lid", []],
	]);
	const events: Event[] = [];
	const record = (action: string, resource_id: string): void => {
		const at = new Date(Date.UTC(2026, 0, 1) + events.length * 1000).toISOString();
		events.push({ id: `event-${events.length}`, action, resource_id, created_at: at } as Event);
	};
	for (let index = 0; index < before; index += 1) record("box.made", `box-of-somebody-${index}`);
	const makes = (kind: string): Routes[string] => {
		return ({ body }) => {
			const made = { ...(accept(body) as object), id: `${kind}-of-the-store-${events.length}` };
			kept.get(kind)?.push(made);
			record(`${kind}.made`, made.id);
			return [201, made];
		};
	};
	return {
		"GET /boxes": () => [200, kept.get("box")],
		"POST /boxes": makes("box"),
		"GET /lids": () => [200, kept.get("lid")],
		"POST /lids": makes("lid"),
		"GET /events": ({ query: asked }) => {
			const [page, limit] = [Number(asked.get("page") ?? 1), Number(asked.get("limit") ?? 50)];
			const isWhole = [page, limit].every((one) => Number.isInteger(one) && one >= 1 && one <= 100);
			const isKnown = ["box.made", "lid.made", null].includes(asked.get("action"));
			const isDay = /^(\d{4}-\d{2}-\d{2})?$/.test(asked.get("until_date") ?? "");
			if (!isWhole || !isKnown || !isDay) throw new Refusal(400, "that cannot be asked for");
			const shown = inOrder(events).filter((event) => isShown(event, asked));
			return [200, { events: shown.slice((page - 1) * limit, page * limit), total: shown.length }];
		},
	};
}

const check = (ways: Partial<Ways>) =>
	checkSample(OPERATIONS, store({ ...HONEST, ...ways }), { rest, phases: ["experiments"], operations: ["listEvents"] });

test("what a log shows is held to its pages, its order and its filters", async () => {
	const run = await check({});
	expect(linesOf(run)).toEqual([]);
	const open = run.claims.filter(({ verdict }) => verdict !== "agrees").map(({ sentence }) => sentence);
	expect(open.filter((sentence) => !/input/.test(sentence))).toEqual([]);
});

test("the order of a log that is too long to be read whole is held to what its pages show", async () => {
	const run = await check({ before: 400 });
	expect(linesOf(run)).toEqual([]);
	const sort = run.claims.find(({ law }) => law === "sort");
	expect(sort).toMatchObject({ verdict: "agrees" });
	const reversed = await check({ before: 400, inOrder: (events) => events });
	expect(linesOf(reversed)).toEqual([
		"sort of listEvents: documented ordered by created_at descending, observed reversed",
	]);
});

test.each<[string, Partial<Ways>, string]>([
	[
		"does not look at the action",
		{ isShown: ({ created_at }, asked) => created_at.slice(0, 10) <= (asked.get("until_date") ?? "9999") },
		"filter of listEvents: documented action equal to action, observed ignores the filter",
	],
	[
		"begins with the oldest",
		{ inOrder: (events) => events },
		"sort of listEvents: documented ordered by created_at descending, observed reversed",
	],
	[
		"ends before the last day",
		{
			isShown: (event, asked) =>
				(asked.get("action") ?? event.action) === event.action &&
				event.created_at.slice(0, 10) < (asked.get("until_date") ?? "9999"),
		},
		"filter of listEvents: documented created_at at most until_date, observed excludes the bound",
	],
])("a log that %s is told", async (_, ways, found) => {
	expect(linesOf(await check(ways))).toContain(found);
});

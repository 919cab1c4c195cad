import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { loadFiles } from "../../contract/sample-files.ts";
import { inferModel } from "../../model/infer.ts";
import { sampleDocument, sampleObject, TEXT } from "../../model/sample-model.ts";
import { linesOf } from "../fixture/check-service.ts";
import { type Answer, type Asked, refuse, serve } from "../fixture/serve.ts";
import { check } from "../run.ts";

const PAGE = sampleObject({ id: TEXT, text: TEXT });
const NEW = sampleObject({ "text!": TEXT });
const IF_MATCH = { name: "If-Match", in: "header", required: false, schema: TEXT };
const OPERATIONS = {
	"POST /pages": { id: "createPage", body: NEW, answers: { 201: PAGE } },
	"GET /pages/{id}": { id: "getPage", answers: { 200: PAGE, 404: "No such page." } },
	"PUT /pages/{id}": {
		id: "replacePage",
		parameters: [IF_MATCH],
		body: NEW,
		answers: { 200: PAGE, 404: "No such page.", 412: "The page is another by now." },
	},
	"DELETE /pages/{id}": { id: "deletePage", answers: { 204: null, 404: "No such page." } },
};

interface Page {
	text: unknown;
	version: number;
}

/** Pages with versions; `compare` decides whether a write that names a version may go on. */
function pages(compare: (page: Page, wanted: string | undefined) => boolean | Promise<boolean>, shows = true) {
	const kept = new Map<string, Page>();
	let last = 0;
	const show = (id: string, page: Page, status = 200): Answer => [
		status,
		{ id, text: page.text },
		shows ? { etag: `"${page.version}"` } : {},
	];
	const found = ({ names }: Asked): [string, Page | undefined] => [names[0] ?? "", kept.get(names[0] ?? "")];
	return {
		"POST /pages": ({ body }: Asked): Answer => {
			const id = `p${++last}`;
			const page = { text: (body as { text: unknown }).text, version: 1 };
			kept.set(id, page);
			return show(id, page, 201);
		},
		"GET /pages/{}": (asked: Asked): Answer => {
			const [id, page] = found(asked);
			return page === undefined ? refuse(404, "no such page") : show(id, page);
		},
		"PUT /pages/{}": async (asked: Asked): Promise<Answer> => {
			const [id, page] = found(asked);
			if (page === undefined) return refuse(404, "no such page");
			if (!(await compare(page, asked.headers["if-match"] as string | undefined))) return refuse(412, "another by now");
			page.text = (asked.body as { text: unknown }).text;
			page.version++;
			return show(id, page);
		},
		"DELETE /pages/{}": (asked: Asked): Answer => {
			return kept.delete(asked.names[0] ?? "") ? [204] : refuse(404, "no such page");
		},
	};
}

const isCurrent = (page: Page, wanted: string | undefined): boolean =>
	wanted === undefined || wanted === `"${page.version}"`;

test.each([
	["keeps its promise", isCurrent, true, []],
	["shows no version", isCurrent, false, []],
	[
		"ignores If-Match",
		() => true,
		true,
		["race of replacePage: documented a write that names an old version is refused, observed If-Match is ignored"],
	],
	[
		"looks at If-Match, waits, and writes",
		async (page: Page, wanted: string | undefined) => {
			const isRight = isCurrent(page, wanted);
			await setTimeout(5);
			return isRight;
		},
		true,
		[
			"race of replacePage: documented a write that names an old version is refused, observed If-Match lets two writes of one version through",
		],
	],
])("a service that %s", async (_, compare, shows, found) => {
	const contract = await loadFiles({ "openapi.yaml": sampleDocument(OPERATIONS) });
	const served = await serve(pages(compare, shows));
	const options = { contract, model: inferModel(contract), target: served.url, api: "pages", runId: "hftest" };
	for await (const event of check({ ...options, phases: ["concurrency"], settleMs: 50 })) {
		if (event.kind === "finished") expect(linesOf(event.run)).toEqual(found);
	}
	await served.close();
});

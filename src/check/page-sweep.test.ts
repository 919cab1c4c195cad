import { expect, test } from "vitest";
import { type SampleOperations, sampleObject } from "../model/sample-model.ts";
import { checkSample } from "./fixture/check-sample.ts";
import { linesOf } from "./fixture/check-service.ts";
import { acceptSchema } from "./fixture/document.ts";
import { type Asked, Refusal, type Routes } from "./fixture/serve.ts";

const FIELDS = { "name!": { type: "string", minLength: 1, maxLength: 40 } };
const CASE = sampleObject({ "id!": { type: "string", readOnly: true }, ...FIELDS });
const number = (name: string, schema: object) => ({ name, in: "query", schema: { type: "integer", ...schema } });
const parameters = [
	number("offset", { minimum: 0, default: 0 }),
	number("limit", { minimum: 1, maximum: 10, default: 10 }),
];
const security = [{ key: [] }];
const OPERATIONS: SampleOperations = {
	"GET /cases": {
		id: "listCases",
		parameters,
		answers: { 200: sampleObject({ "items!": { type: "array", items: CASE } }), 400: null, 401: null },
		security,
	},
	"POST /cases": {
		id: "createCase",
		body: sampleObject(FIELDS),
		answers: { 201: CASE, 400: null, 401: null },
		security,
	},
	"DELETE /cases/{id}": { id: "deleteCase", answers: { 204: null, 401: null, 404: null }, security },
};
const rest = {
	components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } } },
	"x-holdfast": { partition: { by: "identity" } },
};
const TENANTS: Readonly<Record<string, string>> = { "key-of-acme-12345": "acme", "key-of-globex-678": "globex" };
const OTHERS = 14;

interface Case {
	readonly tenant: string;
	readonly item: { readonly id: string };
}

/** Cases of two tenants, of which one has more than fit on a page. */
function cases(isShown: (one: Case, tenant: string, offset: number) => boolean): Routes {
	const accept = acceptSchema(sampleObject(FIELDS) as object);
	const kept: Case[] = Array.from({ length: OTHERS }, (_, index) => {
		return { tenant: "globex", item: { id: `case-of-globex-${index}`, name: `case ${index}` } };
	});
	const tenantOf = ({ headers }: Asked): string => {
		const tenant = TENANTS[String(headers["x-key"])];
		if (tenant === undefined) throw new Refusal(401, "a key is needed");
		return tenant;
	};
	const numberIn = (
		{ query }: Asked,
		name: string,
		[least, most, usual]: readonly [number, number, number],
	): number => {
		const text = query.get(name);
		const value = text === null ? usual : Number(text);
		if (!Number.isInteger(value) || value < least || value > most) throw new Refusal(400, `${name} is out of range`);
		return value;
	};
	let last = 0;
	return {
		"GET /cases": (asked) => {
			const tenant = tenantOf(asked);
			const [offset, limit] = [numberIn(asked, "offset", [0, 1e9, 0]), numberIn(asked, "limit", [1, 10, 10])];
			const shown = kept.filter((one) => isShown(one, tenant, offset));
			return [200, { items: shown.slice(offset, offset + limit).map(({ item }) => item) }];
		},
		"POST /cases": (asked) => {
			const tenant = tenantOf(asked);
			const item = { ...(accept(asked.body) as object), id: `case-of-somebody-${++last}` };
			kept.push({ tenant, item });
			return [201, item];
		},
		"DELETE /cases/{}": (asked) => {
			const tenant = tenantOf(asked);
			const index = kept.findIndex((one) => one.item.id === asked.names[0] && one.tenant === tenant);
			if (index < 0) throw new Refusal(404, "there is no such case");
			kept.splice(index, 1);
			return [204];
		},
	};
}

const LEAK =
	"tenant-leak of listCases: documented only what belongs to the tenant of the caller, observed shows what belongs to others";

test.each<[string, Parameters<typeof cases>[0], readonly string[]]>([
	["keeps to the tenant on each page", (one, tenant) => one.tenant === tenant, []],
	["keeps to it on the first page only", (one, tenant, offset) => one.tenant === tenant || offset > 0, [LEAK]],
])("a list that %s", async (_, isShown, found) => {
	const [own = "", other = ""] = Object.keys(TENANTS);
	const run = await checkSample(OPERATIONS, cases(isShown), {
		rest,
		headers: { "X-Key": own },
		identities: { main: { headers: {}, tenant: "acme" }, other: { headers: { "x-key": other }, tenant: "globex" } },
		phases: ["experiments"],
	});
	expect(linesOf(run).filter((line) => line.startsWith("tenant-leak"))).toEqual(found);
	if (found.length === 0) expect(linesOf(run)).toEqual([]);
});

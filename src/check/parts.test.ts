import { describe, expect, test } from "vitest";
import { type SampleOperations, sampleObject } from "../model/sample-model.ts";
import { checkSample } from "./fixture/check-sample.ts";
import { linesOf } from "./fixture/check-service.ts";
import { acceptSchema } from "./fixture/document.ts";
import { type Asked, Refusal, type Routes } from "./fixture/serve.ts";

const FIELDS = { "name!": { type: "string", minLength: 1, maxLength: 40 }, note: { type: "string", maxLength: 40 } };
const UNIT = sampleObject({ "id!": { type: "string", readOnly: true }, ...FIELDS });
const NEW = sampleObject(FIELDS);
const ENVIRONMENTS = ["production", "staging"];
const parameters = [{ name: "X-Env", in: "header", required: true, schema: { type: "string", enum: ENVIRONMENTS } }];
const OPERATIONS: SampleOperations = {
	"GET /units": { id: "listUnits", parameters, answers: { 200: { type: "array", items: UNIT }, 400: null } },
	"POST /units": { id: "createUnit", parameters, body: NEW, answers: { 201: UNIT, 400: null } },
	"GET /units/{id}": { id: "getUnit", parameters, answers: { 200: UNIT, 400: null, 403: null, 404: null } },
	"PUT /units/{id}": {
		id: "replaceUnit",
		parameters,
		body: NEW,
		answers: { 200: UNIT, 400: null, 403: null, 404: null },
	},
	"DELETE /units/{id}": { id: "deleteUnit", parameters, answers: { 204: null, 400: null, 403: null, 404: null } },
};
const rest = { "x-holdfast": { partition: { by: "header", name: "X-Env" } } };

interface Unit {
	readonly environment: string;
	readonly item: Readonly<Record<string, unknown>>;
}

interface Ways {
	/** Which of the units are found by a route for whom an environment is named. */
	readonly isFound: (route: string, unit: Unit, environment: string) => boolean;
	/** The environment of a request; a refusal where none is named. */
	readonly environmentOf: (asked: Asked) => string;
}

const accept = acceptSchema(NEW as object);
const named = ({ headers }: Asked): string => {
	const environment = String(headers["x-env"] ?? "");
	if (!ENVIRONMENTS.includes(environment)) throw new Refusal(400, "name the environment");
	return environment;
};

/** Units of two environments, which a header tells apart. */
function units(ways: Partial<Ways> = {}): Routes {
	const { isFound = (_, unit, environment) => unit.environment === environment, environmentOf = named } = ways;
	const kept = new Map<string, Unit>();
	let last = 0;
	const found = (route: string, asked: Asked): [id: string, unit: Unit] => {
		const environment = environmentOf(asked);
		const [id = ""] = asked.names;
		const unit = kept.get(id);
		if (unit === undefined || !isFound(route, unit, environment)) throw new Refusal(404, "there is no such unit");
		return [id, unit];
	};
	return {
		"GET /units": (asked) => {
			const environment = environmentOf(asked);
			return [200, [...kept.values()].filter((unit) => isFound("list", unit, environment)).map(({ item }) => item)];
		},
		"POST /units": (asked) => {
			const environment = environmentOf(asked);
			const item = { ...(accept(asked.body) as object), id: `unit-of-some-${++last}-${"abcdef"[last % 6]}` };
			kept.set(item.id, { environment, item });
			return [201, item];
		},
		"GET /units/{}": (asked) => [200, found("read", asked)[1].item],
		"PUT /units/{}": (asked) => {
			const [id, { environment }] = found("replace", asked);
			const item = { ...(accept(asked.body) as object), id };
			kept.set(id, { environment, item });
			return [200, item];
		},
		"DELETE /units/{}": (asked) => {
			kept.delete(found("remove", asked)[0]);
			return [204];
		},
	};
}

/** One route finds what stands in the other environment as well. */
const leaking = (route: string): Partial<Ways> => ({
	isFound: (asked, unit, environment) => asked === route || unit.environment === environment,
});

const FAULTS: Readonly<Record<string, readonly [Partial<Ways>, string]>> = {
	"a list shows units of another environment": [leaking("list"), "tenant-leak of listUnits"],
	"a unit of another environment can be read": [leaking("read"), "tenant-leak of getUnit"],
	"a unit of another environment can be replaced": [leaking("replace"), "tenant-leak of replaceUnit"],
	"a unit of another environment can be removed": [leaking("remove"), "tenant-leak of deleteUnit"],
	"whoever names no environment gets one": [
		{ environmentOf: (asked) => (asked.headers["x-env"] === undefined ? "production" : named(asked)) },
		"missing-required-header of listUnits",
	],
};

const phases = ["values", "experiments"] as const;

describe("of environments that a header names the check finds that", () => {
	test.each(Object.entries(FAULTS))("%s", async (_, [ways, found]) => {
		const lines = linesOf(await checkSample(OPERATIONS, units(ways), { phases, rest }));
		expect(lines.filter((line) => line.startsWith(found))).toHaveLength(1);
	});
});

test.each<[string, Partial<Ways>]>([
	["answers as if it were not there", {}],
	[
		"says that it is in another environment",
		{
			isFound: (_, unit, environment) => {
				if (unit.environment !== environment) throw new Refusal(403, "it is in another environment");
				return true;
			},
		},
	],
])("a service that %s is as documented", async (name, ways) => {
	const isRefusing = name.startsWith("says");
	// A list has nothing to refuse.
	const own = isRefusing
		? {
				isFound: (route: string, unit: Unit, environment: string) =>
					route === "list" ? unit.environment === environment : ways.isFound?.(route, unit, environment) === true,
			}
		: ways;
	const run = await checkSample(OPERATIONS, units(own), {
		rest,
		phases: ["examples", "values", "experiments", "sequences"],
	});
	expect(linesOf(run)).toEqual([]);
	expect(
		run.claims.filter(({ sentence, verdict }) => /belongs to/.test(sentence) && verdict === "agrees").length,
	).toBeGreaterThan(0);
});

import { expect, test } from "vitest";
import { type SampleOperations, sampleObject } from "../model/sample-model.ts";
import { checkSample } from "./fixture/check-sample.ts";
import { linesOf } from "./fixture/check-service.ts";
import { acceptSchema } from "./fixture/document.ts";
import { type Asked, Refusal, type Routes } from "./fixture/serve.ts";

const ZONE = sampleObject({
	"name!": { type: "string", pattern: "^[a-z0-9-]{1,40}$" },
	note: { type: "string", maxLength: 40 },
});
const OPERATIONS: SampleOperations = {
	"POST /zones": {
		id: "createZone",
		body: ZONE,
		answers: { 201: ZONE, 400: null, 409: "A zone of this name exists." },
	},
	"GET /zones/{name}": { id: "getZone", answers: { 200: ZONE, 404: null } },
	"DELETE /zones/{name}": { id: "deleteZone", answers: { 204: null, 404: null } },
};

function zones(
	isTaken: (name: string, kept: ReadonlyMap<string, unknown>, gone: ReadonlySet<string>) => boolean,
): Routes {
	const kept = new Map<string, unknown>();
	const gone = new Set<string>();
	const accept = acceptSchema(ZONE as object);
	const found = ({ names: [name = ""] }: Asked): string => {
		if (!kept.has(name)) throw new Refusal(404, "there is no such zone");
		return name;
	};
	return {
		"POST /zones": ({ body }) => {
			const zone = accept(body) as { readonly name: string };
			if (isTaken(zone.name, kept, gone)) throw new Refusal(409, "this name is taken");
			kept.set(zone.name, zone);
			return [201, zone];
		},
		"GET /zones/{}": (asked) => [200, kept.get(found(asked))],
		"DELETE /zones/{}": (asked) => {
			gone.add(found(asked));
			kept.delete(found(asked));
			return [204];
		},
	};
}

const GUARD = "guard of createZone: documented 409 when another item has the same name, observed";

test.each<[string, Parameters<typeof zones>[0], readonly string[]]>([
	["is free again when its zone is gone", (name, kept) => kept.has(name), []],
	["stays taken", (name, kept, gone) => kept.has(name) || gone.has(name), [`${GUARD} stays taken after a removal`]],
	["is never looked at", () => false, [`${GUARD} not enforced`]],
])("a name that %s", async (_, isTaken, found) => {
	const run = await checkSample(OPERATIONS, zones(isTaken), { phases: ["experiments"] });
	expect(linesOf(run)).toEqual(found);
});

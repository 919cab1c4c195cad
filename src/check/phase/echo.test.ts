import { expect, test } from "vitest";
import { checkService, linesOf } from "../fixture/check-service.ts";
import { replaced, shelf, updating } from "../fixture/reported/shelf.ts";
import { serve } from "../fixture/serve.ts";

test("a field that is only written and comes back is a finding of what shows it", async () => {
	const items = shelf("specimens.yaml", { path: "/specimens", schema: "NewSpecimen" });
	const put = { route: "PUT /specimens/{}", schema: "NewSpecimen", update: replaced };
	const served = await serve({ ...items.routes, ...updating("specimens.yaml", items, put) });
	const run = await checkService("reported/specimens.yaml", served, {
		operations: ["putSpecimen", "getSpecimen"],
		phases: ["experiments"],
	});
	expect(linesOf(run)).toEqual(["effect of getSpecimen: documented pin is never shown, observed shown"]);
});

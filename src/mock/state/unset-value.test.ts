import { expect, test } from "vitest";
import { sampleDocument, sampleObject, TEXT } from "../../model/sample-model.ts";
import { sampleMock } from "../sample-mock.ts";

const ICON = { type: "string", format: "uri" };
const SENT = sampleObject({ "name!": TEXT, icon: ICON });
const SHOWN = sampleObject({ "id!": { type: "integer", readOnly: true }, "name!": TEXT, "icon!": ICON });

test("what nobody sets any more in a field that must be shown is not what was set before", async () => {
	const { send } = await sampleMock(
		sampleDocument({
			"POST /badges": { body: SENT, answers: { 201: SHOWN } },
			"PUT /badges/{id}": { summary: "Replace a badge", body: SENT, answers: { 200: SHOWN } },
			"GET /badges/{id}": { answers: { 200: SHOWN } },
		}),
	);
	const { icon } = (await send("POST", "/badges", { name: "none" })).body as { icon: string };
	for (let round = 0; round < 30; round++) {
		const { id } = (await send("POST", "/badges", { name: "one", icon })).body as { id: number };
		const replaced = await send("PUT", `/badges/${id}`, { name: "other" });
		expect((replaced.body as { icon: string }).icon).not.toBe(icon);
	}
});

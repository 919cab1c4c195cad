import { expect, test } from "vitest";
import { loadContract } from "../contract/load.ts";
import { explainAll } from "./explain-json.ts";
import { inferModel } from "./infer.ts";

test("an explained operation is a value with its effect, its guards and the places of its evidence", async () => {
	const contract = await loadContract({ spec: "spec/gateway/openapi.yaml" });
	const [replace] = explainAll(inferModel(contract), "replaceCids");
	expect(replace).toMatchObject({
		id: "replaceCids",
		effect: "replace",
		resource: { name: "cids", kind: "set", parent: "apps" },
		evidence: [
			{ kind: "words", text: "Replace the allow-list", file: "spec/gateway/openapi.yaml", line: 173 },
			{ kind: "convention" },
		],
	});
	expect(replace?.guards.map(({ kind, statuses }) => [kind, ...statuses])).toEqual([
		["credentials", "401"],
		["exists", "404"],
		["valid", "400"],
	]);
	expect(JSON.parse(JSON.stringify(replace))).toEqual(replace);
});

test("without a name every operation is explained, in document order", async () => {
	const contract = await loadContract({ spec: "spec/gateway/openapi.yaml" });
	expect(explainAll(inferModel(contract)).map(({ id }) => id)).toEqual(contract.operations.map(({ id }) => id));
});

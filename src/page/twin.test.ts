import { expect, test } from "vitest";
import { loadContract } from "../contract/load.ts";
import { inferModel } from "../model/infer.ts";
import { docketOf, holdPages } from "./hold-pages.ts";
import { parsePage } from "./load-page.ts";
import { samplePage } from "./sample-page.ts";
import { namesOf } from "./vocabulary.ts";

/** What is written from a document agrees with it, whatever its descriptions say. */
test.each([
	"spec/gateway/openapi.yaml",
	"spec/control-plane/openapi.yaml",
	"spec/integra/openapi.yaml",
	"spec/intry/admin.yaml",
	"src/page/fixture/books.yaml",
	"src/check/fixture/articles.yaml",
	"src/check/fixture/workspace.yaml",
	"src/check/fixture/files.yaml",
	"src/check/fixture/playlists.yaml",
	"src/check/fixture/vault.yaml",
])("a reference written from %s disagrees with it in nothing", async (spec) => {
	const contract = await loadContract({ spec });
	const model = inferModel(contract);
	const page = await parsePage("reference.md", samplePage(contract), namesOf(contract));
	const options = { contract, model, api: "twin", command: "holdfast docs", today: "2026-11-27" };
	const run = holdPages(docketOf([page], contract, model), options);
	const agreed = run.claims.filter(({ verdict }) => verdict === "agrees").length;
	expect(run.findings.map(({ message, source }) => `${source.line} ${message}`)).toEqual([]);
	// Nothing wrong is easily said of nothing read.
	expect(agreed).toBeGreaterThan(contract.operations.length * 3);
});

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import { createMock } from "../../src/mock/mock.ts";
import { loadScenario } from "../../src/mock/scenario/load-scenario.ts";
import { inferModel } from "../../src/model/infer.ts";
import { startGateway } from "../../src/reference/gateway/start.ts";
import { describeReplay } from "../dredd/describe-replay.ts";
import { replayWithDredd } from "../dredd/replay.ts";

const DOCUMENT = "spec/gateway/openapi.yaml";
const ABOUT = { document: DOCUMENT, rehearsal: new URL("rehearsal.ts", import.meta.url) };

async function startMock() {
	const contract = await loadContract({ spec: DOCUMENT, overlays: ["spec/gateway/behaviour.overlay.yaml"] });
	const model = inferModel(contract);
	const scenario = await loadScenario({ file: "mocks/gateway/default.yaml", model });
	return createMock({ contract, model, scenario }).listen({ port: 0, host: "127.0.0.1" });
}
const startReference = () => startGateway({ adminKey: "demo-admin-key", cidsPut: "replace" });

describeReplay({ name: "the reference", start: startReference }, ABOUT);
describeReplay({ name: "the mock", start: startMock }, ABOUT);

test("an answer that is not the documented one is seen by Dredd", async () => {
	const wrong = createServer((_, response) => {
		response.writeHead(200, { "content-type": "application/json" }).end('{"status":"ok"}');
	}).listen(0, "127.0.0.1");
	await once(wrong, "listening");
	const { port } = wrong.address() as AddressInfo;
	const replayed = await replayWithDredd({ ...ABOUT, url: `http://127.0.0.1:${port}` });
	wrong.close();
	expect(replayed).toContainEqual({
		answer: "GET /admin/health 200",
		outcome: "failed",
		reasons: [expect.stringContaining("Missing required property: timestamp")],
	});
	expect(replayed.filter(({ outcome }) => outcome === "passed")).toEqual([]);
});

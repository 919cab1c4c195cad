import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import { createMock } from "../../src/mock/mock.ts";
import { loadScenario } from "../../src/mock/scenario/load-scenario.ts";
import { inferModel } from "../../src/model/infer.ts";
import { startGateway } from "../../src/reference/gateway/start.ts";
import { loadJudge } from "../documented-answer.ts";
import { behindPrism } from "../prism-proxy.ts";
import { describeGateway } from "./conformance.ts";

const ADMIN_KEY = "demo-admin-key";
const DOCUMENT = "spec/gateway/openapi.yaml";

async function startMock() {
	const contract = await loadContract({ spec: DOCUMENT, overlays: ["spec/gateway/behaviour.overlay.yaml"] });
	const model = inferModel(contract);
	const scenario = await loadScenario({ file: "mocks/gateway/default.yaml", model });
	const listening = await createMock({ contract, model, scenario }).listen({ port: 0, host: "127.0.0.1" });
	return { ...listening, adminKey: ADMIN_KEY };
}

describeGateway({ name: "the mock, behind Prism", start: async () => behindPrism(DOCUMENT, await startMock()) });

describeGateway({
	name: "the reference, behind Prism",
	start: async () =>
		behindPrism(DOCUMENT, {
			...(await startGateway({ adminKey: ADMIN_KEY, cidsPut: "replace" })),
			adminKey: ADMIN_KEY,
		}),
});

test("an answer that breaks the document is seen by Prism", async () => {
	const wrong = createServer((_, response) => {
		response.writeHead(401, { "content-type": "application/json" }).end('{"success":false,"error":5}');
	}).listen(0, "127.0.0.1");
	await once(wrong, "listening");
	const { port } = wrong.address() as AddressInfo;
	const close = async (): Promise<void> => void wrong.close();
	const proxy = await behindPrism(DOCUMENT, { url: `http://127.0.0.1:${port}`, adminKey: ADMIN_KEY, close });
	const { status, headers } = await fetch(`${proxy.url}/admin/health`);
	const judge = await loadJudge(DOCUMENT);
	const body = { success: false, error: "ours finds nothing wrong with this" };
	expect(judge({ method: "GET", path: "/admin/health", status, headers, body })).toEqual([
		expect.stringMatching(/^Prism: response\.body\.error .*string/),
	]);
	await proxy.close();
});

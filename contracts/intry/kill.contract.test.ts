import { expect, test } from "vitest";
import { startIntry } from "../../src/reference/intry/start.ts";
import { killUpstream } from "./kill-upstream.ts";
import { spawnUpstream } from "./spawn-intry.ts";

const CLIENTS = 16;
const PHASE_MS = 500;

test("the proxy survives that its Core is killed and restarted under load", async () => {
	const upstream = await spawnUpstream();
	const proxy = await startIntry({ role: "proxy", coreUrls: { PROD: upstream.url }, upstreamTimeoutMs: 1000 });
	const { before, away, after, again } = await killUpstream({
		url: proxy.url,
		headers: { "x-admin-env": "PROD" },
		clients: CLIENTS,
		upstream,
		restart: () => spawnUpstream(Number(new URL(upstream.url).port)),
		phaseMs: PHASE_MS,
	});
	await proxy.close();
	await again.kill();
	expect(Object.keys(before)).toEqual(["200"]);
	expect(Object.keys(away)).toEqual(["502"]);
	expect(Object.keys(after)).toEqual(["200"]);
	for (const counts of [before, away, after]) expect(Object.values(counts)[0]).toBeGreaterThan(CLIENTS);
});

import { behindPrism } from "../prism-proxy.ts";
import { SPEC } from "./check-control-plane.ts";
import { describeControlPlane } from "./conformance.ts";
import { MOCK_SKIPS } from "./mock-skips.ts";
import { startMock } from "./start-mock.ts";
import { startReference } from "./start-reference.ts";

describeControlPlane({
	name: "the mock, behind Prism",
	skips: MOCK_SKIPS,
	start: async () => behindPrism(SPEC, await startMock()),
});

describeControlPlane({
	name: "the reference, behind Prism",
	start: async () => behindPrism(SPEC, await startReference()),
});

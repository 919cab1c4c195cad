import { describeControlPlane } from "./conformance.ts";
import { MOCK_SKIPS } from "./mock-skips.ts";
import { startMock } from "./start-mock.ts";

describeControlPlane({ name: "the mock", skips: MOCK_SKIPS, start: startMock });

import { describeIntry } from "./conformance.ts";
import { startMock } from "./start-mock.ts";

describeIntry({ name: "the mock", start: () => startMock() });

import { behindPrism } from "../prism-proxy.ts";
import { describeIntry } from "./conformance.ts";
import { startMock } from "./start-mock.ts";
import { startReference } from "./start-reference.ts";

const DOCUMENT = "spec/intry/admin.yaml";

describeIntry({ name: "the mock, behind Prism", start: async () => behindPrism(DOCUMENT, await startMock()) });
describeIntry({
	name: "the reference, behind Prism",
	start: async () => behindPrism(DOCUMENT, await startReference()),
});

import { startControlPlane } from "../../src/reference/control-plane/start.ts";
import { describeControlPlane } from "./conformance.ts";

const TOKENS = {
	adminToken: "admin-token-of-the-suite",
	viewerToken: "viewer-token-of-the-suite",
	otherTenantToken: "other-token-of-the-suite",
};

describeControlPlane({
	name: "the reference, on PostgreSQL inside the process",
	start: async () => ({ ...(await startControlPlane(TOKENS)), ...TOKENS }),
});

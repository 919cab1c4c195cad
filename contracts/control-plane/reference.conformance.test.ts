import { describeControlPlane } from "./conformance.ts";
import { startReference } from "./start-reference.ts";

describeControlPlane({ name: "the reference, on PostgreSQL inside the process", start: startReference });

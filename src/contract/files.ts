import { isUri } from "../schema/reference.ts";
import type { Contract } from "./contract.ts";
import { contextOf } from "./normalize.ts";

/**
 * The files of this machine that a contract was read from so far: its document, overlays, and what references led to.
 *
 * @example filesOf(await loadContract({ spec: "openapi.yaml" })) // ["openapi.yaml"]
 */
export function filesOf(contract: Contract): readonly string[] {
	return contextOf(contract)
		.documents.files()
		.filter((file) => !isUri(file));
}

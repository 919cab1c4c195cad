import type { Faults } from "../../fault/fault.ts";
import type { ControlPlaneFault } from "../faults.ts";
import type { Stores } from "../store/stores.ts";
import { KEY_STORE_FAULTS } from "./key-store-faults.ts";
import { OPERATOR_STORE_FAULTS } from "./operator-store-faults.ts";
import { ORGANIZATION_STORE_FAULTS } from "./organization-store-faults.ts";
import { PROJECT_STORE_FAULTS } from "./project-store-faults.ts";
import { USER_STORE_FAULTS } from "./user-store-faults.ts";

/** What a fault puts in the place of the honest stores. */
export type StoreFaults = Readonly<
	Partial<Record<ControlPlaneFault, (stores: Stores, adminToken: string | undefined) => Partial<Stores>>>
>;

const STORE_FAULTS: StoreFaults = {
	...PROJECT_STORE_FAULTS,
	...KEY_STORE_FAULTS,
	...USER_STORE_FAULTS,
	...ORGANIZATION_STORE_FAULTS,
	...OPERATOR_STORE_FAULTS,
};

/**
 * Stores that behave as the chosen faults make them, around those that are honest: each fault replaces a few functions
 * and leaves the rest, so faults can be combined.
 */
export function faultyStores(
	honest: Stores,
	faults: Faults<ControlPlaneFault>,
	adminToken: string | undefined,
): Stores {
	let stores = honest;
	for (const [name, change] of Object.entries(STORE_FAULTS)) {
		if (faults.has(name as ControlPlaneFault)) stores = { ...stores, ...change(stores, adminToken) };
	}
	return stores;
}

import type { Faults } from "../../fault/fault.ts";
import type { ControlPlaneFault } from "../faults.ts";
import type { Stores } from "../store/stores.ts";

export function faultyStores(honest: Stores, _faults: Faults<ControlPlaneFault>): Stores {
	return honest;
}

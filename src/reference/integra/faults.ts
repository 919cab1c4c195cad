import { ACCESS_FAULTS, type AccessFault } from "./faults/access-faults.ts";
import { KEY_FAULTS, type KeyFault } from "./faults/key-faults.ts";
import { LIMIT_FAULTS, type LimitFault } from "./faults/limit-faults.ts";
import { PEOPLE_FAULTS, type PeopleFault } from "./faults/people-faults.ts";
import type { PlantedFault } from "./faults/planted-fault.ts";
import { PLATFORM_FAULTS, type PlatformFault } from "./faults/platform-faults.ts";

export type IntegraFault = AccessFault | LimitFault | KeyFault | PeopleFault | PlatformFault;

const BY_NAME: Readonly<Record<IntegraFault, PlantedFault>> = {
	...ACCESS_FAULTS,
	...LIMIT_FAULTS,
	...KEY_FAULTS,
	...PEOPLE_FAULTS,
	...PLATFORM_FAULTS,
};

/** The names that `FAULTS` knows. */
export const INTEGRA_FAULT_NAMES: readonly IntegraFault[] = Object.keys(BY_NAME) as IntegraFault[];

/** Every planted fault of Integra: what it changes, what a finding about it must say, and the requests that show it. */
export const INTEGRA_FAULTS: readonly (PlantedFault & { readonly name: IntegraFault })[] = INTEGRA_FAULT_NAMES.map(
	(name) => ({ name, ...BY_NAME[name] }),
);

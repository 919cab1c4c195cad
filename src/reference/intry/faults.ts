import type { Fault } from "../fault/fault.ts";
import { ACCESS_FAULTS, type AccessFault } from "./faults/access-faults.ts";
import { LIST_FAULTS, type ListFault } from "./faults/list-faults.ts";
import { VALUE_FAULTS, type ValueFault } from "./faults/value-faults.ts";
import { WRITE_FAULTS, type WriteFault } from "./faults/write-faults.ts";

export type IntryFault = AccessFault | ListFault | ValueFault | WriteFault;

const BY_NAME: Readonly<Record<IntryFault, Omit<Fault, "name">>> = {
	...ACCESS_FAULTS,
	...LIST_FAULTS,
	...VALUE_FAULTS,
	...WRITE_FAULTS,
};

/** The names that `FAULTS` knows. */
export const INTRY_FAULT_NAMES: readonly IntryFault[] = Object.keys(BY_NAME) as IntryFault[];

/** Every planted fault of Intry, with what a finding about it must say and the requests that show it. */
export const INTRY_FAULTS: readonly Fault[] = INTRY_FAULT_NAMES.map((name) => ({ name, ...BY_NAME[name] }));

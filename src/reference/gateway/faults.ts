import type { Fault } from "../fault/fault.ts";
import { APP_FAULTS, type AppFault } from "./faults/app-faults.ts";
import { CID_FAULTS, type CidFault } from "./faults/cid-faults.ts";
import { DIAL_FAULTS, type DialFault } from "./faults/dial-faults.ts";
import { INPUT_FAULTS, type InputFault } from "./faults/input-faults.ts";
import { OPERATOR_FAULTS, type OperatorFault } from "./faults/operator-faults.ts";

export type GatewayFault = AppFault | CidFault | DialFault | InputFault | OperatorFault;

const BY_NAME: Readonly<Record<GatewayFault, Omit<Fault, "name">>> = {
	...APP_FAULTS,
	...INPUT_FAULTS,
	...CID_FAULTS,
	...DIAL_FAULTS,
	...OPERATOR_FAULTS,
};

/** The names that `FAULTS` knows. */
export const GATEWAY_FAULT_NAMES: readonly GatewayFault[] = Object.keys(BY_NAME) as GatewayFault[];

/**
 * Every planted fault of the gateway, with what a finding about it must say and the requests that show it.
 * The witnesses take the documented gateway for granted, the one whose PUT replaces.
 */
export const GATEWAY_FAULTS: readonly Fault[] = GATEWAY_FAULT_NAMES.map((name) => ({ name, ...BY_NAME[name] }));

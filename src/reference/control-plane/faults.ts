import type { Fault } from "../fault/fault.ts";
import { KEY_FAULTS, type KeyFault } from "./faults/key-faults.ts";
import { OPERATOR_FAULTS, type OperatorFault } from "./faults/operator-faults.ts";
import { ORGANIZATION_FAULTS, type OrganizationFault } from "./faults/organization-faults.ts";
import { PROJECT_FAULTS, type ProjectFault } from "./faults/project-faults.ts";
import { USER_FAULTS, type UserFault } from "./faults/user-faults.ts";

export type ControlPlaneFault = ProjectFault | KeyFault | UserFault | OrganizationFault | OperatorFault;

const BY_NAME: Readonly<Record<ControlPlaneFault, Omit<Fault, "name">>> = {
	...PROJECT_FAULTS,
	...KEY_FAULTS,
	...USER_FAULTS,
	...ORGANIZATION_FAULTS,
	...OPERATOR_FAULTS,
};

/** The names that `FAULTS` knows. */
export const CONTROL_PLANE_FAULT_NAMES: readonly ControlPlaneFault[] = Object.keys(BY_NAME) as ControlPlaneFault[];

/** Every planted fault of the control plane, with what a finding about it must say and the requests that show it. */
export const CONTROL_PLANE_FAULTS: readonly Fault[] = CONTROL_PLANE_FAULT_NAMES.map((name) => ({
	name,
	...BY_NAME[name],
}));

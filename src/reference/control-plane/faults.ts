import type { Fault } from "../fault/fault.ts";

export type ControlPlaneFault = "long-sessions-refused" | "long-names-accepted";

/** The names that `FAULTS` knows. */
export const CONTROL_PLANE_FAULT_NAMES: readonly ControlPlaneFault[] = ["long-sessions-refused", "long-names-accepted"];
export const CONTROL_PLANE_FAULTS: readonly Fault[] = [];

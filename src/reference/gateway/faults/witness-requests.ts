import type { WitnessRequest } from "../../fault/fault.ts";

/** Requests of the gateway's witnesses, by operation. Numbers and keys are made up, and valid. */

/** Keys that witnesses give to apps. */
export const KEY = "key_example_witness_1";
export const OTHER_KEY = "key_example_witness_2";
/** The first three are on lists; the first is a prefix of the second. */
export const NUMBERS = ["52712110", "527121102", "747713001"] as const;
/** Where witnesses call. */
const DESTINATION = "35550199";

export function upsert(app: string, body: unknown): WitnessRequest {
	return { method: "POST", path: `/admin/apps/${app}`, credential: "admin", body };
}

export function get(app: string): WitnessRequest {
	return { method: "GET", path: `/admin/apps/${app}`, credential: "admin" };
}

export function remove(app: string): WitnessRequest {
	return { method: "DELETE", path: `/admin/apps/${app}`, credential: "admin" };
}

export function replaceCids(app: string, numbers: readonly unknown[]): WitnessRequest {
	return { method: "PUT", path: `/admin/apps/${app}/cids`, credential: "admin", body: numbers };
}

export function listCids(app: string): WitnessRequest {
	return { method: "GET", path: `/admin/apps/${app}/cids`, credential: "admin" };
}

export function removeCid(app: string, number: string): WitnessRequest {
	return { method: "DELETE", path: `/admin/apps/${app}/cids/${number}`, credential: "admin" };
}

export function dial(apiKey: string, from: string): WitnessRequest {
	return { method: "POST", path: "/api/v1/dial", credential: { apiKey }, body: { from, to: DESTINATION } };
}

/** An app that can dial from one number. */
export function dialingApp(
	app: string,
	config: { readonly api_key: string; readonly rate_limit?: number },
): readonly [WitnessRequest, WitnessRequest] {
	return [upsert(app, config), replaceCids(app, [NUMBERS[2]])];
}

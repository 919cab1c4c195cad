import type { Credential, WitnessRequest } from "../../fault/fault.ts";

/** Requests of Intry's witnesses. They start from empty environments, and mean PROD unless they say otherwise. */

export function get(path: string, credential: Credential = "admin"): WitnessRequest {
	return { method: "GET", path: `/api/admin/${path}`, credential, headers: PROD };
}

export function post(path: string, body: unknown, credential: Credential = "admin"): WitnessRequest {
	return { method: "POST", path: `/api/admin/${path}`, credential, headers: PROD, body };
}

export function patch(path: string, body: unknown): WitnessRequest {
	return { method: "PATCH", path: `/api/admin/${path}`, credential: "admin", headers: PROD, body };
}

export function remove(path: string): WitnessRequest {
	return { method: "DELETE", path: `/api/admin/${path}`, credential: "admin", headers: PROD };
}

const PROD = { "x-admin-env": "PROD" };

/** The same in another environment. */
export function inStaging(request: WitnessRequest): WitnessRequest {
	return { ...request, headers: { "x-admin-env": "STAGING" } };
}

/** The same without saying which. */
export function inNone({ headers: _none, ...request }: WitnessRequest): WitnessRequest {
	return request;
}

export const NOBODY = "00000000-0000-4000-8000-000000000000";

export function makeTenant(): WitnessRequest {
	return post("tenants", { name: "Witness" });
}

/** @param tenant where its id stood: `{1/tenant/id}` */
export function makeProperty(tenant: string, city = "Bergen"): WitnessRequest {
	return post("properties", { tenant_id: tenant, name: "Witness", address: "1 Quay Street", city });
}

export function makeUnit(property: string, label: string): WitnessRequest {
	return post("units", { property_id: property, label });
}

export function makeUser(tenant: string, email: string, fields: object = {}): WitnessRequest {
	return post("users", { tenant_id: tenant, email, name: "Witness", ...fields });
}

export function makeDevice(serial: string, fields: object = {}): WitnessRequest {
	return post("devices", { name: "Witness", kind: "lock", serial_number: serial, ...fields });
}

export function makeCall(unit: string, fields: object = {}): WitnessRequest {
	return post("calls", {
		unit_id: unit,
		direction: "inbound",
		from_number: "+15550100123",
		to_number: "+15550100456",
		status: "missed",
		started_at: CALL_TIME,
		...fields,
	});
}

export const CALL_TIME = "2026-01-15T10:00:00.000Z";

/** A tenant with a property. */
export const PLACE: readonly WitnessRequest[] = [makeTenant(), makeProperty("{1/tenant/id}")];
/** The same with a unit: the third answer has it. */
export const HOME: readonly WitnessRequest[] = [...PLACE, makeUnit("{2/property/id}", "1A")];

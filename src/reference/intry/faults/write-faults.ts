import type { Fault } from "../../fault/fault.ts";
import { get, HOME, makeCall, makeDevice, makeTenant, makeUser, NOBODY, patch, remove } from "./witness-requests.ts";

export type WriteFault =
	| "unknown-unit-accepted"
	| "serial-numbers-shared"
	| "email-case-matters"
	| "deleted-tenant-leaves-its-users"
	| "deleted-unit-takes-its-devices"
	| "call-delete-does-nothing"
	| "user-patch-replaces"
	| "notes-not-stored"
	| "device-in-another-envelope"
	| "created-user-answers-200";

/** Faults of what is written, and of what becomes of it. */
export const WRITE_FAULTS: Readonly<Record<WriteFault, Omit<Fault, "name">>> = {
	"unknown-unit-accepted": {
		summary: "A device of a unit that is not there is made.",
		expects: {
			rule: "guard",
			operation: "createDevice",
			documented: "404 unless unit_id names an item of units",
			observed: "not enforced",
		},
		witness: {
			requests: [makeDevice("LOCK-1", { unit_id: NOBODY })],
			documented: { status: 404 },
			observed: { status: 201 },
		},
	},
	"serial-numbers-shared": {
		summary: "Two devices may have one serial number.",
		expects: {
			rule: "guard",
			operation: "createDevice",
			documented: "409 when another item has the same serial_number",
			observed: "not enforced",
		},
		witness: {
			requests: [makeDevice("LOCK-1"), makeDevice("LOCK-1")],
			documented: { status: 409 },
			observed: { status: 201 },
		},
	},
	"email-case-matters": {
		summary: "Two users may have emails that differ in case only.",
		expects: {
			rule: "guard",
			operation: "createUser",
			documented: "409 when another item has the same email",
			observed: "case matters",
		},
		witness: {
			requests: [makeTenant(), makeUser("{1/tenant/id}", "a@example.com"), makeUser("{1/tenant/id}", "A@example.com")],
			documented: { status: 409 },
			observed: { status: 201 },
		},
	},
	"deleted-tenant-leaves-its-users": {
		summary: "The users of a deleted tenant are there still.",
		expects: {
			rule: "effect",
			operation: "deleteTenant",
			documented: "remove",
			observed: "leaves what refers to it",
		},
		witness: {
			requests: [
				makeTenant(),
				makeUser("{1/tenant/id}", "a@example.com"),
				remove("tenants/{1/tenant/id}"),
				get("users"),
			],
			documented: { body: { users: [], total: 0 } },
			observed: { body: { users: [{ email: "a@example.com" }], total: 1 } },
		},
	},
	"deleted-unit-takes-its-devices": {
		summary: "The devices of a deleted unit go with it.",
		expects: {
			rule: "effect",
			operation: "deleteUnit",
			documented: "remove",
			observed: "removes what refers to it",
		},
		witness: {
			requests: [
				...HOME,
				makeDevice("LOCK-1", { unit_id: "{3/unit/id}" }),
				remove("units/{3/unit/id}"),
				get("devices/{4/device/id}"),
			],
			documented: { status: 200, body: { device: { unit_id: null } } },
			observed: { status: 404 },
		},
	},
	"call-delete-does-nothing": {
		summary: "Deleting a call answers as if it had, and deletes nothing.",
		expects: { rule: "effect", operation: "deleteCall", documented: "remove", observed: "ignore" },
		witness: {
			requests: [...HOME, makeCall("{3/unit/id}"), remove("calls/{4/call/id}"), get("calls/{4/call/id}")],
			documented: { status: 404 },
			observed: { status: 200 },
		},
	},
	"user-patch-replaces": {
		summary: "What a patch of a user leaves out returns to its default.",
		expects: { rule: "effect", operation: "updateUser", documented: "merge", observed: "reset" },
		witness: {
			requests: [
				makeTenant(),
				makeUser("{1/tenant/id}", "a@example.com", { role: "manager" }),
				patch("users/{2/user/id}", { name: "Renamed" }),
				get("users/{2/user/id}"),
			],
			documented: { body: { user: { name: "Renamed", role: "manager" } } },
			observed: { body: { user: { name: "Renamed", role: "resident" } } },
		},
	},
	"notes-not-stored": {
		summary: "The notes of a new call are dropped.",
		expects: { rule: "effect", operation: "createCall", documented: "notes as sent", observed: "not stored" },
		witness: {
			requests: [...HOME, makeCall("{3/unit/id}", { notes: "Let in" }), get("calls/{4/call/id}")],
			documented: { body: { call: { notes: "Let in" } } },
			observed: { body: { call: { notes: "" } } },
		},
	},
	"device-in-another-envelope": {
		summary: "One device stands under data.",
		expects: {
			rule: "response-schema-conformance",
			operation: "getDevice",
			documented: 'must have the property "device"',
			observed: "invalid",
		},
		witness: {
			requests: [makeDevice("LOCK-1"), get("devices/{1/device/id}")],
			documented: { body: { device: { serial_number: "LOCK-1" } } },
			observed: { body: { data: { serial_number: "LOCK-1" } }, absent: ["/device"] },
		},
	},
	"created-user-answers-200": {
		summary: "A new user is answered with 200.",
		expects: {
			rule: "status-code-conformance",
			operation: "createUser",
			documented: "201",
			observed: "200",
		},
		witness: {
			requests: [makeTenant(), makeUser("{1/tenant/id}", "a@example.com")],
			documented: { status: 201 },
			observed: { status: 200 },
		},
	},
};

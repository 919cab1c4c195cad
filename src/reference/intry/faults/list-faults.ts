import type { Fault } from "../../fault/fault.ts";
import {
	CALL_TIME,
	get,
	HOME,
	makeCall,
	makeDevice,
	makeProperty,
	makeTenant,
	makeUnit,
	makeUser,
	PLACE,
} from "./witness-requests.ts";

export type ListFault =
	| "offset-counts-pages"
	| "total-ignores-the-filter"
	| "total-counts-the-page"
	| "city-filter-matches-prefixes"
	| "kind-filter-ignored"
	| "start-until-excluded"
	| "units-listed-backwards"
	| "calls-list-has-another-name";

const PAGES = { rule: "paging", documented: "pages by offset and limit" };

/** Faults of lists. */
export const LIST_FAULTS: Readonly<Record<ListFault, Omit<Fault, "name">>> = {
	"offset-counts-pages": {
		summary: "The offset of units counts pages.",
		expects: { ...PAGES, operation: "listUnits", observed: "offset counts pages" },
		witness: {
			requests: [
				...HOME,
				makeUnit("{2/property/id}", "2A"),
				makeUnit("{2/property/id}", "3A"),
				get("units?limit=2&offset=1"),
			],
			documented: { body: { units: [{ label: "2A" }, { label: "1A" }] } },
			observed: { body: { units: [{ label: "1A" }] } },
		},
	},
	"total-ignores-the-filter": {
		summary: "The total of properties counts those that the filter leaves out.",
		expects: { ...PAGES, operation: "listProperties", observed: "total ignores the filter" },
		witness: {
			requests: [...PLACE, makeProperty("{1/tenant/id}", "Oslo"), get("properties?city=Oslo")],
			documented: { body: { properties: [{ city: "Oslo" }], total: 1 } },
			observed: { body: { properties: [{ city: "Oslo" }], total: 2 } },
		},
	},
	"total-counts-the-page": {
		summary: "The total of users is how many the page has.",
		expects: { ...PAGES, operation: "listUsers", observed: "total counts the page" },
		witness: {
			requests: [
				makeTenant(),
				makeUser("{1/tenant/id}", "a@example.com"),
				makeUser("{1/tenant/id}", "b@example.com"),
				get("users?limit=1"),
			],
			documented: { body: { total: 2, limit: 1 } },
			observed: { body: { total: 1, limit: 1 } },
		},
	},
	"city-filter-matches-prefixes": {
		summary: "The filter by city finds cities that begin with the text.",
		expects: {
			rule: "filter",
			operation: "listProperties",
			documented: "city equal to city",
			observed: "matches prefixes",
		},
		witness: {
			requests: [...PLACE, get("properties?city=Berg")],
			documented: { body: { properties: [], total: 0 } },
			observed: { body: { properties: [{ city: "Bergen" }], total: 1 } },
		},
	},
	"kind-filter-ignored": {
		summary: "The filter by kind lists devices of every kind.",
		expects: {
			rule: "filter",
			operation: "listDevices",
			documented: "kind equal to kind",
			observed: "ignores the filter",
		},
		witness: {
			requests: [makeDevice("LOCK-1"), get("devices?kind=camera")],
			documented: { body: { devices: [] } },
			observed: { body: { devices: [{ kind: "lock" }] } },
		},
	},
	"start-until-excluded": {
		summary: "A call that started at the very end of the period is left out.",
		expects: {
			rule: "filter",
			operation: "listCalls",
			documented: "started_at at most started_until",
			observed: "excludes the bound",
		},
		witness: {
			requests: [...HOME, makeCall("{3/unit/id}"), get(`calls?started_until=${CALL_TIME}`)],
			documented: { body: { calls: [{ started_at: CALL_TIME }] } },
			observed: { body: { calls: [] } },
		},
	},
	"units-listed-backwards": {
		summary: "Units are listed in the opposite of every order.",
		expects: { rule: "sort", operation: "listUnits", documented: "ordered by sort", observed: "reversed" },
		witness: {
			requests: [...HOME, makeUnit("{2/property/id}", "2A"), get("units?sort=label")],
			documented: { body: { units: [{ label: "1A" }, { label: "2A" }] } },
			observed: { body: { units: [{ label: "2A" }, { label: "1A" }] } },
		},
	},
	"calls-list-has-another-name": {
		summary: "The list of calls stands under items.",
		expects: {
			rule: "response-schema-conformance",
			operation: "listCalls",
			documented: 'must have the property "calls"',
			observed: "invalid",
		},
		witness: {
			requests: [get("calls")],
			documented: { body: { calls: [] } },
			observed: { body: { items: [] }, absent: ["/calls"] },
		},
	},
};

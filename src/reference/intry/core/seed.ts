import { KINDS, type Kind, type Plural } from "./kinds.ts";
import type { Item, Store, Values } from "./store.ts";

const HOUR_MS = 3_600_000;

/** Fills an environment that has no tenants yet: a tenant with a manager, a building, three units, a device and a call. */
export async function seedStore(store: Store, nowMs: number): Promise<void> {
	const make = (plural: Plural, values: Values): Promise<Item> => store.create(kindOf(plural), values);
	const everything = { conditions: [], order: "created_at", descending: false, limit: 1, offset: 0 };
	if ((await store.list(kindOf("tenants"), everything)).total > 0) return;
	const tenant = await make("tenants", { name: "Harbour Homes", contact_email: "office@harbour.example" });
	await make("users", { tenant_id: tenant.id, email: "olive@harbour.example", name: "Olive Kelp", role: "manager" });
	const house = { name: "Pier House", address: "1 Quay Street", city: "Bergen" };
	const property = await make("properties", { tenant_id: tenant.id, ...house });
	for (const [floor, label] of ["1A", "2A", "3A"].entries()) {
		await make("units", { property_id: property.id, label, floor: floor + 1, status: "occupied" });
	}
	const { items } = await store.list(kindOf("units"), everything);
	const unit = items[0]?.id;
	await make("devices", { unit_id: unit, name: "Front door", kind: "intercom", serial_number: "INT-0042-A" });
	await make("calls", {
		unit_id: unit,
		direction: "inbound",
		from_number: "+15550100123",
		to_number: "+15550100456",
		status: "answered",
		duration_seconds: 42,
		started_at: new Date(nowMs - HOUR_MS).toISOString(),
	});
}

function kindOf(plural: Plural): Kind {
	const kind = KINDS.find((one) => one.plural === plural);
	if (kind === undefined) throw new Error(`there is no kind ${plural}`);
	return kind;
}

import type { Effect } from "./effect.ts";

/** The effects that act on a resource. */
export type ActingKind = Exclude<Effect["kind"], "none" | "opaque" | "several">;

/** An effect as documents mean it, none of its parameters being a rival's. */
export function plainEffect(kind: ActingKind, resource: string): Effect {
	switch (kind) {
		case "append":
			return { kind, resource, members: "append" };
		case "clear":
			return { kind, resource, does: "all" };
		case "create":
			return { kind, resource, does: "overwrite" };
		case "emit":
			return { kind, resource, does: "nothing" };
		case "list":
			return { kind, resource, shows: "all", reveals: false };
		case "merge":
			return { kind, resource, does: "merge" };
		case "patch":
			return { kind, resource, does: "apply" };
		case "read":
			return { kind, resource, reveals: false };
		case "remove":
			return { kind, resource, which: "named", cascade: "as-declared", keepsCredentials: false };
		case "replace":
			return { kind, resource, does: "overwrite", members: "replace" };
		case "rotate":
			return { kind, resource, does: "rotate", former: "demoted", made: "active", keepsCredentials: false };
		case "set":
			return { kind, resource, to: {}, does: "named" };
		case "upsert":
			return { kind, resource, does: "overwrite", clearsChildren: false, keepsCredentials: false };
	}
}

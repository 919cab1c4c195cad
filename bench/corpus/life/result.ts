import type { Asked, Asker } from "./ask.ts";
import type { Collection } from "./collection.ts";

export const STEPS = [
	"create",
	"get",
	"list",
	"page",
	"filter",
	"replace",
	"merge",
	"delete",
	"get again",
	"other tenant",
] as const;
export type Step = (typeof STEPS)[number];

/** How a step went; where the document has no such step, why. */
export type Result =
	| { readonly kind: "good" }
	| { readonly kind: "bad"; readonly reason: string }
	| { readonly kind: "not applicable"; readonly reason: string };

export type Told = Partial<Record<Step, Result>>;

export const good: Result = { kind: "good" };
export const bad = (reason: string): Result => ({ kind: "bad", reason });
export const not = (reason: string): Result => ({ kind: "not applicable", reason });

/** An item on its way through its life. */
export interface Living {
	readonly asker: Asker;
	readonly collection: Collection;
	/** Values of the collection's path, in order. */
	readonly parents: ReadonlyMap<string, unknown>;
	readonly key: unknown;
}

/** One that came back with a success. */
export type Successful = Extract<Asked, { kind: "answered" }> & { readonly isSuccess?: true };

export function isSuccess(asked: Asked | undefined): asked is Successful {
	return asked?.kind === "answered" && asked.received.status >= 200 && asked.received.status < 300;
}

export function succeeded(asked: Asked): Result {
	if (asked.kind === "none") return not(asked.reason);
	return isSuccess(asked) ? good : bad(answerText(asked));
}

export function answerText({ received }: Extract<Asked, { kind: "answered" }>): string {
	return `${received.status} ${received.body.toString("utf8", 0, 160)}`;
}

import type { MediaType } from "../contract/contract.ts";
import type { Model } from "../model/model.ts";
import type { Validation } from "../schema/validate.ts";
import type { Notes } from "./notes.ts";
import type { Inventor } from "./state/invent.ts";
import type { Issuer } from "./state/issue.ts";
import type { Store } from "./store/store.ts";

/** What everything that makes answers shares within one mock. */
export interface Desk {
	readonly model: Model;
	readonly store: Store;
	readonly validation: Validation;
	readonly inventor: Inventor;
	readonly issuer: Issuer;
	readonly notes: Notes;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Names that say what an answer is about. */
	readonly identifying: () => ReadonlySet<string>;
	/** The form of errors that the document does not foresee. */
	readonly usualForm: () => MediaType | undefined;
}

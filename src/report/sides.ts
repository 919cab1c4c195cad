import type { Finding } from "../finding/finding.ts";

/** What the two sides of a finding are called. */
export interface Sides {
	readonly documented: string;
	readonly observed: string;
	/** What is mended on the second side, when not the documents of the first. */
	readonly mend: string;
}

const CHECKED: Sides = { documented: "documented", observed: "observed", mend: "mend the service" };
const PAGE: Sides = { documented: "page", observed: "document", mend: "mend the page" };
const ANSWERED: Sides = { documented: "page", observed: "service", mend: "mend the page" };

/**
 * Names the sides: of a check, document and service; of a page, the page and what it is held against.
 *
 * @example sidesOf({ rule: "page-field", … }).observed // "document"
 */
export function sidesOf({ rule, repair }: Pick<Finding, "rule" | "repair">): Sides {
	if (repair.page === undefined) return CHECKED;
	return rule === "page-answer" ? ANSWERED : PAGE;
}

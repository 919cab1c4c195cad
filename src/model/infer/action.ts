import type { Segment } from "./path-shape.ts";

/** Verbs with which the names of actions begin, those that 238 documents use most first. */
const VERBS =
	"create|get|cancel|enable|disable|publish|unpublish|copy|start|test|activate|deactivate|stop|send|resend|revoke|clone|restore|run|verify|validate|move|complete|terminate|suspend|resume|pause|reset|restart|refresh|retry|replay|trigger|approve|reject|deny|accept|decline|lock|unlock|merge|transfer|confirm|capture|close|reopen|sync|import|export|invite|mark|mute|unmute|pin|unpin|generate|regenerate|rotate|execute|process|rename|reorder|reschedule|duplicate|check|remove|delete|bulk|batch";

/** `terminate_sessions`, `generateClientKey`, `mark-read.json`: a verb and what it is done to. */
const ACTION = new RegExp(`^(?:${VERBS})(?:[-_.]\\w|[A-Z])`);

/**
 * Whether a segment of a path names an action by several words. A single one may as well be a noun (`/tests`, `/import`).
 *
 * @example isAction({ kind: "literal", text: "generate-notes" }) // true
 */
export function isAction(segment: Segment | undefined): boolean {
	return segment?.kind === "literal" && ACTION.test(segment.text);
}

import type { AddressKind } from "./address.ts";

/** Names that stand for the machine itself (RFC 6761, section 6.3). */
const LOOPBACK = ["localhost"];
/** Names that only have a meaning inside some network (RFC 6762, RFC 8375, and ICANN's private-use name). */
const INSIDE = ["local", "internal", "home.arpa"];
/** Names that are nobody's (RFC 2606, RFC 6761, RFC 7686). */
const NOBODY = ["test", "example", "invalid", "example.com", "example.net", "example.org", "onion"];

/**
 * Judges a host name that is reserved by standard and therefore never looked up.
 *
 * @param name in lower case, without a trailing dot
 * @returns undefined when the name is an ordinary one
 * @example judgeReservedName("hooks.example.com") // "public"
 */
export function judgeReservedName(name: string): AddressKind | undefined {
	const within = (zones: readonly string[]): boolean =>
		zones.some((zone) => name === zone || name.endsWith(`.${zone}`));
	if (within(LOOPBACK)) return "loopback";
	if (within(INSIDE)) return "private";
	return within(NOBODY) ? "public" : undefined;
}

import ipaddr from "ipaddr.js";

/** How an address looks to a server that is about to call it. */
export type AddressKind = "public" | "loopback" | "private";

/**
 * Documentation ranges (RFC 5737, RFC 3849, RFC 9637): nobody routes them, so they are harmless, and examples and
 * tests need them.
 */
const DOCUMENTATION = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"].map((range) =>
	ipaddr.parseCIDR(range),
);

/** All of IPv6 that is given out as global unicast (RFC 4291, section 2.4, and the registry of IANA). */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Judges an IP address. Everything that is not plainly public counts as private: RFC 1918, link-local, unique-local,
 * carrier-grade NAT, unspecified, multicast, broadcast, reserved, and the IPv6 ranges that tunnel to some IPv4
 * address. An IPv4-mapped address is judged as the IPv4 address in it.
 *
 * @param text an address in dotted or colon form, without brackets
 * @returns undefined when the text is no address
 * @example judgeAddress("::ffff:10.0.0.1") // "private"
 */
export function judgeAddress(text: string): AddressKind | undefined {
	const plain = text.split("%", 1)[0] ?? "";
	if (!ipaddr.IPv4.isValidFourPartDecimal(plain) && !ipaddr.IPv6.isValid(plain)) return undefined;
	const address = ipaddr.process(plain);
	const range = address.range();
	if (range === "loopback") return "loopback";
	if (range === "unicast" && isGlobal(address)) return "public";
	return DOCUMENTATION.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits))
		? "public"
		: "private";
}

function isGlobal(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
	return address instanceof ipaddr.IPv4 || address.match(GLOBAL_IPV6);
}

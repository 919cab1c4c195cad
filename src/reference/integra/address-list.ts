import ipaddr from "ipaddr.js";

/** Addresses and networks from which calls may come. */
export type IsAllowed = (address: string) => boolean;

/** Why an entry of a list of addresses cannot be used; undefined when it can. */
export function addressProblem(entry: string): string | undefined {
	const isUsable = entry.includes("/") ? ipaddr.isValidCIDR(entry) : ipaddr.isValid(entry);
	return isUsable ? undefined : `${JSON.stringify(entry)} is no address and no network such as 192.0.2.0/24`;
}

/**
 * Tells whether a connection may come from an address. An IPv4 address that is written as IPv6 is the same address.
 *
 * @param entries addresses and networks; everybody may call when there are none
 * @example addressList(["192.0.2.0/24"])("::ffff:192.0.2.7") // true
 */
export function addressList(entries: readonly string[]): IsAllowed {
	if (entries.length === 0) return () => true;
	const networks = entries.map((entry) => networkOf(entry));
	return (text) => {
		if (!ipaddr.isValid(text)) return false;
		const address = ipaddr.process(text);
		return networks.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
	};
}

function networkOf(entry: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
	if (entry.includes("/")) return ipaddr.parseCIDR(entry);
	const address = ipaddr.process(entry);
	return [address, address.kind() === "ipv4" ? 32 : 128];
}

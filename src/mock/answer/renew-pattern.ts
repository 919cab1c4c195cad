import type { Json } from "../../http/exchange.ts";
import type { Pattern } from "../../model/pattern.ts";

/** The pattern with what a change has just renewed in the place of what the law read before. */
export function renewPattern(pattern: Pattern, renewed: ReadonlyMap<string, Json>): Pattern {
	if (renewed.size === 0 || pattern.kind !== "object") return pattern;
	const members = Object.entries(pattern.members).map(([name, member]): [string, Pattern] => {
		const now = member.kind === "value" ? renewed.get(name) : undefined;
		return [name, now === undefined ? renewPattern(member, renewed) : { kind: "value", value: now, order: "kept" }];
	});
	return { kind: "object", members: Object.fromEntries(members) };
}

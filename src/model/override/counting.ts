import type { Counting } from "../law/counts.ts";
import type { Desk } from "../override.ts";
import { noteUnknown } from "./note.ts";
import type { Declared } from "./vocabulary.ts";

/** Which calls a number counts, and by parameter the field of the credential's item that says whose calls they are. */
export interface CountWords {
	readonly calls: Counting["calls"];
	readonly of: Readonly<Record<string, string>>;
}

/** What a property declares of the calls that it counts. */
export function declaredCounting(desk: Desk, { source }: Declared, said: CountWords): Counting | undefined {
	const [[parameter, holder] = []] = Object.entries(said.of);
	if (parameter === undefined || holder === undefined) return undefined;
	const known = desk.contract.operations.flatMap(({ parameters }) =>
		parameters.filter((one) => one.in === "query").map(({ name }) => name),
	);
	if (!known.includes(parameter)) {
		const at = { ...source, pointer: `${source.pointer}/counts/of` };
		noteUnknown(desk, at, { what: "query parameter", name: parameter, known: [...new Set(known)] });
	}
	const text = `x-holdfast: it counts ${said.calls === "all" ? "all calls" : "the calls that are accepted"}`;
	return { calls: said.calls, parameter, holder, evidence: [{ kind: "overlay", text, source }] };
}

import type { Evidence } from "../evidence.ts";
import { escapePointer } from "../infer/shown.ts";
import type { Desk } from "../override.ts";
import type { Partition } from "../partition.ts";
import type { Resource } from "../resource.ts";
import { noteProblem, noteUnknown } from "./note.ts";

export interface PartitionWords {
	readonly by: "identity" | "header";
	readonly name?: string;
}

/** What is declared of the parts of a resource: of itself, else of the whole document. Only what stands at the top has parts. */
export function declaredPartition(
	desk: Desk,
	{ name, parent }: Resource,
	{ said, root }: { said: PartitionWords | undefined; root: PartitionWords | undefined },
): Pick<Resource, "partition"> {
	const own = `/x-holdfast/resources/${escapePointer(name)}/partition`;
	const source = { file: desk.contract.file, pointer: said === undefined ? "/x-holdfast/partition" : own };
	if (said !== undefined && parent !== undefined) {
		const message = `${name} lives in ${parent}, and has the parts that ${parent} has`;
		noteProblem(desk, { code: "bad-declaration", message, source });
		return {};
	}
	const words = said ?? (parent === undefined ? root : undefined);
	const partition = words === undefined ? undefined : checked(desk, words, source);
	return partition === undefined ? {} : { partition };
}

function checked(
	desk: Desk,
	{ by, name }: PartitionWords,
	source: { file: string; pointer: string },
): Partition | undefined {
	if (by === "identity") return { by };
	if (name === undefined) {
		noteProblem(desk, { code: "bad-declaration", message: "a partition by header names the header", source });
		return undefined;
	}
	const known = headersOf(desk);
	if (known.some((one) => one.toLowerCase() === name.toLowerCase())) return { by, name };
	noteUnknown(desk, { ...source, pointer: `${source.pointer}/name` }, { what: "header parameter", name, known });
	return undefined;
}

function headersOf({ contract }: Desk): readonly string[] {
	const names = contract.operations.flatMap(({ parameters }) =>
		parameters.filter((one) => one.in === "header").map((one) => one.name),
	);
	return [...new Set(names)];
}

/** Where the parts of a resource are declared. */
export function partitionEvidence({ contract }: Desk, { name, partition }: Resource): Evidence {
	const root = contract.extension as { resources?: Record<string, { partition?: unknown }> } | undefined;
	const isOwn = root?.resources?.[name]?.partition !== undefined;
	const pointer = isOwn ? `/x-holdfast/resources/${escapePointer(name)}/partition` : "/x-holdfast/partition";
	return {
		kind: "overlay",
		text: `x-holdfast partition ${JSON.stringify(partition)}`,
		source: { file: contract.file, pointer },
	};
}

import type { Operation } from "../../contract/contract.ts";
import type { Level, OperationName } from "../../finding/finding.ts";
import { agrees, disagrees, type Hearing, operationOf, pageOperation, type Said, undecided } from "../docket.ts";
import { operationName, type Ruling } from "../draft.ts";
import { parsePagePath } from "../page-path.ts";
import type { NamedStatus } from "../reading.ts";
import { responseNamed } from "./response-named.ts";

/** What a transport, a proxy or an overloaded server answers whatever the document says. */
const UNSPOKEN = /^(?:405|406|413|414|415|429|431|5\d\d|5XX)$/;

/** Holds every status that a page names against the responses of the document. */
export function judgeStatuses(hearing: Hearing): readonly Ruling[] {
	const seen = new Set<string>();
	return hearing.reading.statuses.flatMap((named) => {
		const operation = operationOf(hearing, named.scope.endpoint);
		if (named.scope.endpoint !== undefined && operation === undefined) return [];
		const key = `${operation?.id} ${named.status} ${named.where}`;
		if (seen.has(key)) return [];
		seen.add(key);
		return [operation === undefined ? judgeEverywhere(hearing, named) : judgeOf(hearing, named, operation)];
	});
}

function saidOf({ status, line, quote }: NamedStatus, operation: OperationName): Said {
	return { rule: "page-status", operation, subject: status, says: `answers ${status}`, line, quote };
}

function judgeOf(hearing: Hearing, named: NamedStatus, operation: Operation): Ruling {
	const said = saidOf(named, operationName(operation));
	if (responseNamed(operation, named.status) !== undefined) return agrees(hearing, said);
	const isElsewhere = hearing.contract.operations.some((one) => responseNamed(one, named.status) !== undefined);
	// Text that was copied has lost the titles above tables: it may be about other operations, too.
	if (named.where !== "label" && hearing.reading.format === "text" && isElsewhere)
		return undecided(
			hearing,
			said,
			"other operations answer it, and the text does not show where a part of the page ends",
		);
	if (operation.responses.length === 0) return undecided(hearing, said, "the document names no responses");
	const family = operation.responses.map(({ status }) => status).filter((status) => status[0] === named.status[0]);
	const known = family.join(", ") || operation.responses.map(({ status }) => status).join(", ");
	return disagrees(hearing, said, {
		level: levelOf(named),
		documented: named.status,
		observed: known,
		message: `The page says that ${operation.method} ${operation.path} answers ${named.status}; documented are ${known}.`,
		repair:
			family.length === 1 ? `Write ${known} in place of ${named.status}.` : `Take ${named.status} out, or document it.`,
	});
}

/** A table or a sentence about all operations: one of them must answer it. */
function judgeEverywhere(hearing: Hearing, named: NamedStatus): Ruling {
	const said = saidOf(named, pageOperation(undefined, parsePagePath("/")));
	const { operations } = hearing.contract;
	if (operations.some((operation) => responseNamed(operation, named.status) !== undefined))
		return agrees(hearing, said);
	const known = [...new Set(operations.flatMap(({ responses }) => responses.map(({ status }) => status)))];
	const family = known.filter((status) => status[0] === named.status[0]).toSorted();
	return disagrees(hearing, said, {
		level: levelOf(named),
		documented: named.status,
		observed: family.join(", ") || "no such status",
		message: `The page names the status ${named.status}, which no operation of the document answers.`,
		repair: `Take ${named.status} out, or document it where it is answered.`,
	});
}

/** What a sentence says may be meant of something else. */
function levelOf({ status, where }: NamedStatus): Level {
	if (where === "sentence") return "suggestion";
	return UNSPOKEN.test(status) ? "surprise" : "drift";
}

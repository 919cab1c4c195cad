import type { Contract, Operation, Parameter, SecurityRequirement, SecurityScheme } from "../../contract/contract.ts";
import { hintOf } from "../../contract/did-you-mean.ts";
import type { OperationName } from "../../finding/finding.ts";
import { disagrees, type Hearing, operationOf, pageOperation, type Said } from "../docket.ts";
import { operationName, type Ruling } from "../draft.ts";
import type { Facts } from "../fact.ts";
import { parsePagePath } from "../page-path.ts";
import type { NamedTable } from "../reading.ts";
import { compareField, type Target } from "./compare-field.ts";
import { unknownParameter } from "./judge-endpoints.ts";

/** Headers that every client knows; documents say them elsewhere, or not at all. */
const COMMON =
	/^(?:authorization|proxy-authorization|content-type|content-length|content-encoding|accept(?:-\w+)?|user-agent|host|origin|referer|cookie|connection|cache-control|if-[\w-]+|range|date|traceparent|x-request-id|x-correlation-id|x-forwarded-\w+|idempotency-key)$/i;

/** Holds a table of request headers against parameters and credentials: of its endpoint, or of all. */
export function judgeHeaders(hearing: Hearing, { scope }: NamedTable, facts: readonly Facts[]): readonly Ruling[] {
	const operation = operationOf(hearing, scope.endpoint);
	if (scope.endpoint !== undefined && operation === undefined) return [];
	const known = knownHeaders(hearing.contract, operation?.id);
	const name: OperationName =
		operation === undefined ? pageOperation(undefined, parsePagePath("/")) : operationName(operation);
	return facts.flatMap((row) => {
		const target = known.get(row.name.toLowerCase());
		if (target !== undefined) return compareField(hearing, row, targetOf(row, target, name));
		const names = [...known.values()].map((one) => one.name);
		const { hint } = hintOf(row.name, names) as { hint?: string };
		// A header that is like none of the document may be a proxy's.
		if (COMMON.test(row.name) || hint === undefined) return [];
		const said: Said = {
			rule: "page-parameter",
			operation: name,
			subject: row.name,
			says: `takes the header ${row.name}`,
			line: row.line,
			quote: row.quote,
		};
		return [disagrees(hearing, said, { level: "drift", ...unknownParameter("header", row.name, names) })];
	});
}

interface KnownHeader {
	readonly name: string;
	readonly parameter?: Parameter;
	/** Of a credential: whether it is needed everywhere where the page speaks of. */
	readonly required?: boolean;
}

function targetOf(row: Facts, { parameter, required }: KnownHeader, operation: OperationName): Target {
	return {
		rule: "page-parameter",
		operation,
		called: `header ${row.name}`,
		...(parameter?.schema === undefined ? {} : { schema: parameter.schema }),
		...(required === undefined ? {} : { required }),
	};
}

/** Header parameters and header credentials; on a page that speaks of all operations, whether all need it is not said. */
export function knownHeaders(contract: Contract, operation: string | undefined): ReadonlyMap<string, KnownHeader> {
	const operations = contract.operations.filter(({ id }) => operation === undefined || id === operation);
	const parameters = operations
		.flatMap((one) => one.parameters)
		.filter((parameter) => parameter.in === "header")
		.map((parameter): KnownHeader => {
			const { name, required } = parameter;
			return { name, parameter, ...(operation === undefined ? {} : { required }) };
		});
	const credentials = [...contract.securitySchemes.values()].flatMap(
		(scheme) => credentialHeader(scheme, operations, operation !== undefined) ?? [],
	);
	return new Map([...credentials, ...parameters].map((header) => [header.name.toLowerCase(), header]));
}

function credentialHeader(
	scheme: SecurityScheme,
	operations: readonly Operation[],
	isOne: boolean,
): KnownHeader | undefined {
	if (scheme.kind !== "api-key" || scheme.in !== "header") return undefined;
	const asks = (alternative: SecurityRequirement): boolean => alternative.some((part) => part.scheme === scheme.name);
	if (!operations.some(({ security }) => security.some(asks))) return undefined;
	const isNeeded = isOne && operations.every(({ security }) => security.every(asks));
	return { name: scheme.parameter, ...(isNeeded ? { required: true } : {}) };
}

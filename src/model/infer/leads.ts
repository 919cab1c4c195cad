import type { Link, Operation, Response } from "../../contract/contract.ts";
import type { Effect } from "../effect.ts";
import type { Evidence } from "../evidence.ts";
import { successes } from "./shown.ts";
import type { Spot } from "./spots.ts";

/**
 * Where a success leads: by a link (OpenAPI 3.2, Link Object) to any operation, by its `Location` (RFC 9110, 10.2.2) to the
 * operation that reads what was made.
 */
export interface Lead {
	readonly name: string;
	/** The `operationId`, or the reference as it is written where that leads nowhere. */
	readonly to: string;
	/** Parameter → JSON Pointer to the value of the answer that is handed over. */
	readonly hands: Readonly<Record<string, string>>;
	readonly evidence: Evidence;
}

/** @example inferLeads(createPet, { effect, spot, operations })[0]?.to // "getPet" */
export function inferLeads(operation: Operation, { effect, spot, operations }: Leading): readonly Lead[] {
	return successes(operation).flatMap((response) => [
		...response.links.map((link) => leadOf(link, operations)),
		...located(response, { effect, spot }),
	]);
}

interface Leading {
	readonly effect: Effect;
	readonly spot: Spot | undefined;
	readonly operations: readonly Operation[];
}

function leadOf(link: Link, operations: readonly Operation[]): Lead {
	const { name, operationId, operationRef, source } = link;
	const target = operations.find((operation) => isTarget(link, operation));
	const to = target?.id ?? operationId ?? operationRef ?? "nowhere";
	return { name, to, hands: handedBy(link), evidence: { kind: "links", text: `link ${name} leads to ${to}`, source } };
}

/** Whether a link names an operation: by its id, or by where it stands in the document. */
export function isTarget({ operationId, operationRef }: Link, { id, source }: Operation): boolean {
	if (operationId !== undefined) return operationId === id;
	return operationRef?.split("#").at(1) === source.pointer;
}

/**
 * What a link takes out of the answer's body: `$response.body#/id` is `/id`; a name may say where its parameter goes.
 *
 * @example handedBy(link) // { petId: "/id" } for { "path.petId": "$response.body#/id" }
 */
export function handedBy({ parameters }: Link): Readonly<Record<string, string>> {
	const handed = Object.entries(parameters).flatMap(([name, value]): [string, string][] => {
		const pointer = typeof value === "string" ? /^\{?\$response\.body#(\/[^}]*)\}?$/.exec(value)?.[1] : undefined;
		return pointer === undefined ? [] : [[name.replace(/^(?:path|query|header|cookie)\./, ""), pointer]];
	});
	return Object.fromEntries(handed);
}

function located(response: Response, { effect, spot }: Pick<Leading, "effect" | "spot">): readonly Lead[] {
	const header = response.headers.find(({ name }) => name.toLowerCase() === "location");
	const reader = spot?.items.find(({ operation }) => operation.method === "GET");
	const makes = effect.kind === "create" || effect.kind === "upsert";
	if (header === undefined || reader === undefined || !makes || response.status.startsWith("3")) return [];
	const to = reader.operation.id;
	const text = `${response.status} answers with Location, RFC 9110 10.2.2: ${to} reads what was made`;
	return [{ name: header.name, to, hands: {}, evidence: { kind: "links", text, source: header.source } }];
}

/** The link by which an operation of a collection hands the key of its item to an operation on that item. */
export interface KeyLink {
	/** The property of the answer that holds the key. */
	readonly property: string;
	readonly evidence: Evidence;
}

export function keyLinkOf({ own, items }: Spot, parameter: string): KeyLink | undefined {
	for (const { operation } of [...own, ...items]) {
		for (const link of successes(operation).flatMap(({ links }) => links)) {
			const target = items.find((item) => isTarget(link, item.operation));
			const property = /^\/([^/]+)$/.exec(target === undefined ? "" : (handedBy(link)[parameter] ?? ""))?.[1];
			if (property === undefined || target === undefined) continue;
			const text = `link ${link.name} hands ${property} to ${target.operation.id}`;
			return { property, evidence: { kind: "links", text, source: link.source } };
		}
	}
	return undefined;
}

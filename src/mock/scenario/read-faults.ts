import { isMap, isScalar, isSeq, type YAMLMap } from "yaml";
import { hintOf } from "../../contract/did-you-mean.ts";
import { doesSomething, FAULT_KEYS, type Fault, readFaultMember } from "../fault/fault.ts";
import { matches } from "../fault/faults.ts";
import { nameOf, type ScenarioReader } from "./scenario-reader.ts";

/** Reads and checks `faults`: a list of what goes wrong, where and how often. */
export function readFaults(node: unknown, reader: ScenarioReader): readonly Fault[] {
	if (node === undefined) return [];
	if (!isSeq(node)) {
		reader.complain("scenario-form", "`faults` is a list", node);
		return [];
	}
	return node.items.flatMap((item) => {
		if (isMap(item)) return readFault(item, reader) ?? [];
		reader.complain("scenario-form", "a fault is an object like { operation: listPets, status: 503, rate: 0.1 }", item);
		return [];
	});
}

function readFault(node: YAMLMap, reader: ScenarioReader): Fault | undefined {
	const members: Record<string, unknown> = { rate: 1 };
	let isRead = true;
	for (const { key, value } of node.items) {
		const name = nameOf(key);
		if (!FAULT_KEYS.includes(name)) {
			reader.complain("unknown-key", `unknown key "${name}"`, key, hintOf(name, FAULT_KEYS));
			isRead = false;
			continue;
		}
		const read = readFaultMember(name, isScalar(value) ? value.value : undefined);
		if (read.ok) members[name] = read.value;
		else {
			reader.complain("bad-fault", `${name} ${read.message}`, value ?? key);
			isRead = false;
		}
	}
	if (!isRead) return undefined;
	if (!doesSomething(members)) {
		reader.complain("bad-fault", "this fault does nothing: it needs latency, status, drop or slow", node);
		return undefined;
	}
	const fault = members as unknown as Fault;
	checkOperations(fault, node, reader);
	return fault;
}

function checkOperations(fault: Fault, node: YAMLMap, { model, complain }: ScenarioReader): void {
	const { operations } = model.contract;
	const meant = operations.filter((operation) => matches(fault, operation));
	if (meant.length === 0) {
		const names = operations.flatMap(({ id, method, path }) => [id, `${method} ${path}`]);
		const glob = fault.operation ?? "";
		complain("unknown-operation", `no operation matches "${glob}"`, node.get("operation", true), hintOf(glob, names));
		return;
	}
	const { status } = fault;
	if (typeof status !== "number") return;
	const family = `${Math.floor(status / 100)}XX`;
	const documents = meant.some(({ responses }) =>
		responses.some((response) => [String(status), family, "default"].includes(response.status)),
	);
	if (documents) return;
	const known = [...new Set(meant.flatMap(({ responses }) => responses.map((response) => response.status)))];
	const hint = { hint: `documented are ${known.sort().join(", ")}` };
	complain("undocumented-status", `no such operation documents ${status}`, node.get("status", true), hint);
}

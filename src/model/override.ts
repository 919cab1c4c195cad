import type { Contract, Operation } from "../contract/contract.ts";
import type { Problem } from "../problem/problem.ts";
import type { Source } from "../problem/source.ts";
import { resourceActedOn } from "./effect.ts";
import type { Evidence } from "./evidence.ts";
import type { Guard } from "./guard.ts";
import { answerAt } from "./infer/answer.ts";
import type { Inferred } from "./infer/effect.ts";
import { ownedByServer } from "./infer/field-owner.ts";
import { escapePointer, successSchema } from "./infer/shown.ts";
import type { Behaviour } from "./model.ts";
import { type CountWords, declaredCounting } from "./override/counting.ts";
import { type CredentialWords, declaredCredential } from "./override/credential.ts";
import { declaredEffect } from "./override/effect.ts";
import { declaredGuard } from "./override/guard.ts";
import { type LimitWords, operationLimits } from "./override/limit.ts";
import { noteProblem, noteUnknown } from "./override/note.ts";
import { declaredPartition, type PartitionWords } from "./override/partition.ts";
import { declaredQuery, type QueryWords } from "./override/query.ts";
import { checkVocabulary } from "./override/vocabulary.ts";
import type { Field, Recording, Reference, Resource } from "./resource.ts";

/** Where mistakes are gathered while the declarations are read. */
export interface Desk {
	readonly contract: Contract;
	readonly problems: Problem[];
}

/** What `x-holdfast` at the root says. */
export interface Root {
	readonly authority: "document" | "service";
	readonly resources: Readonly<Record<string, ResourceWords>>;
	readonly partition?: PartitionWords;
	readonly limits?: readonly LimitWords[];
}

interface ResourceWords {
	readonly kind?: Resource["kind"];
	readonly key?: string;
	readonly made?: "client" | "server";
	readonly cascade?: boolean;
	readonly atomic?: boolean;
	readonly refers?: Readonly<Record<string, ReferenceWords>>;
	readonly records?: Recording["what"];
	readonly partition?: PartitionWords;
}

type ReferenceWords = string | { readonly to: string; readonly removal?: Reference["removal"] };

type Resources = ReadonlyMap<string, Resource>;

export function readRoot(desk: Desk): Root {
	const nothing: Root = { authority: "document", resources: {} };
	const raw = desk.contract.extension;
	if (raw === undefined) return nothing;
	const checked = checkVocabulary(desk, "root", { value: raw, source: rootSource(desk) });
	return { ...nothing, ...(checked as Partial<Root> | undefined) };
}

function rootSource({ contract }: Desk): Source {
	return { file: contract.file, pointer: "/x-holdfast" };
}

/** Lays what the root and the properties declare over the resources that were inferred. */
export function overrideResources(desk: Desk, inferred: Resources, root: Root): Resources {
	for (const name of Object.keys(root.resources)) {
		const source = { ...rootSource(desk), pointer: `/x-holdfast/resources/${escapePointer(name)}` };
		if (!inferred.has(name)) noteUnknown(desk, source, { what: "resource", name, known: [...inferred.keys()] });
	}
	return new Map(
		[...inferred].map(([name, resource]) => {
			const declared = overrideResource(desk, resource, root);
			const refers = declaredReferences(desk, declared, { root, known: inferred });
			return [name, refers.size === 0 ? declared : { ...declared, refers }];
		}),
	);
}

/** Fields that name items of other resources; `cascade` beside them says what becomes of an item when that one goes. */
function declaredReferences(
	desk: Desk,
	{ name, fields }: Resource,
	{ root, known }: { root: Root; known: Resources },
): ReadonlyMap<string, Reference> {
	const said = Object.hasOwn(root.resources, name) ? root.resources[name] : undefined;
	const source = { ...rootSource(desk), pointer: `/x-holdfast/resources/${escapePointer(name)}/refers` };
	const found = Object.entries(said?.refers ?? {}).flatMap(([field, words]): [string, Reference][] => {
		const { to, removal = removalBy(said?.cascade) } = typeof words === "string" ? { to: words } : words;
		const at = { ...source, pointer: `${source.pointer}/${escapePointer(field)}` };
		const place = typeof words === "string" ? at : { ...at, pointer: `${at.pointer}/to` };
		if (!known.has(to)) noteUnknown(desk, place, { what: "resource", name: to, known: [...known.keys()] });
		if (!fields.has(field))
			noteUnknown(desk, at, { what: `field of ${name}`, name: field, known: [...fields.keys()], end: "key" });
		const evidence: Evidence = { kind: "overlay", text: `x-holdfast: ${field} refers to ${to}`, source: at };
		return [[field, { resource: to, evidence: [evidence], ...(removal === undefined ? {} : { removal }) }]];
	});
	return new Map(found);
}

function removalBy(cascade: boolean | undefined): Reference["removal"] {
	if (cascade === undefined) return undefined;
	return cascade ? "cascade" : "stay";
}

function overrideResource(desk: Desk, resource: Resource, root: Root): Resource {
	const fields = new Map([...resource.fields].map(([name, field]) => [name, overrideField(desk, field, resource)]));
	const said = Object.hasOwn(root.resources, resource.name) ? root.resources[resource.name] : undefined;
	const parted = declaredPartition(desk, resource, { said: said?.partition, root: root.partition });
	if (said === undefined) return withOwnKeys({ ...resource, fields, ...parted });
	const { key: property, made, kind, cascade } = said;
	if (property !== undefined && !fields.has(property)) {
		const source = { ...rootSource(desk), pointer: `/x-holdfast/resources/${escapePointer(resource.name)}/key` };
		noteUnknown(desk, source, { what: `field of ${resource.name}`, name: property, known: [...fields.keys()] });
	}
	const known = resource.key ?? { made: "server" };
	const key = { ...known, made: made ?? known.made, ...(property === undefined ? {} : { property }) };
	return withOwnKeys({
		...resource,
		fields: kind === "set" || kind === "list" ? new Map() : fields,
		cascade: cascade ?? resource.cascade,
		...declaredRecording(desk, { ...resource, kind: kind ?? resource.kind }, said.records),
		...parted,
		...(resource.key === undefined && property === undefined && made === undefined ? {} : { key }),
		// Who says that it is a list says that its order means something.
		...(kind === "list" ? { ordered: true } : {}),
	});
}

/** What a log records, the operations that it names being there. */
function declaredRecording(
	desk: Desk,
	{ name, kind }: Resource,
	what: Recording["what"] | undefined,
): Pick<Resource, "kind" | "records"> {
	if (what === undefined) return { kind };
	const source = { ...rootSource(desk), pointer: `/x-holdfast/resources/${escapePointer(name)}/records` };
	const known = desk.contract.operations.map(({ id }) => id);
	for (const [index, id] of (typeof what === "string" ? [] : what).entries()) {
		const at = { ...source, pointer: `${source.pointer}/${index}` };
		if (!known.includes(id)) noteUnknown(desk, at, { what: "operation", name: id, known });
	}
	const evidence: Evidence = {
		kind: "overlay",
		text: `x-holdfast: ${name} records ${[what].flat().join(", ")}`,
		source,
	};
	return { kind: "log", records: { what, evidence: [evidence] } };
}

/** A key that the server makes is the server's own, whatever a body may carry. */
function withOwnKeys(resource: Resource): Resource {
	const { key, fields } = resource;
	return key?.made === "server" ? { ...resource, fields: ownedByServer(fields, key.property) } : resource;
}

interface PropertyWords {
	readonly generated?: Field["owner"];
	readonly credential?: CredentialWords;
	readonly reveal?: "once" | "never";
	readonly immutable?: boolean;
	readonly counts?: CountWords;
}

function immutableEvidence({ name }: Field, source: Source): Evidence {
	return { kind: "overlay", text: `x-holdfast: ${name} is immutable`, source };
}

function overrideField(desk: Desk, field: Field, resource: Resource): Field {
	if (field.extension === undefined) return field;
	const { value, source } = field.extension;
	const declared = { value, source: { ...source, pointer: `${source.pointer}/x-holdfast` } };
	const said = checkVocabulary(desk, "property", declared) as PropertyWords | undefined;
	if (said === undefined) return field;
	const counts = said.counts === undefined ? undefined : declaredCounting(desk, declared, said.counts);
	const credential = declaredCredential(desk, declared, { said: said.credential, fields: [...resource.fields.keys()] });
	return {
		...field,
		// What is shown once is a secret of its own, unless somebody says otherwise.
		owner: said.generated ?? (said.reveal === "once" && field.owner === "volatile" ? "unique" : field.owner),
		...credential,
		...(counts === undefined ? {} : { counts }),
		...(said.reveal === undefined ? {} : { reveal: said.reveal }),
		...(said.immutable === true ? { immutable: [immutableEvidence(field, declared.source)] } : {}),
	};
}

/** What `x-holdfast` says of one operation, as far as it is no mistake. */
export interface DeclaredBehaviour {
	readonly source: Source;
	readonly effect: Inferred | undefined;
	readonly guards: readonly Guard[];
	readonly answer?: { readonly body?: string };
	readonly query: QueryWords;
	readonly atomic?: boolean;
	/** Resource → the path parameter that names its item. */
	readonly keys: ReadonlyMap<string, string>;
}

interface OperationWords extends QueryWords {
	readonly effect?: unknown;
	readonly resource?: string;
	readonly keys?: Readonly<Record<string, string>>;
	readonly guards?: readonly unknown[];
	readonly limits?: readonly LimitWords[];
	readonly answer?: { readonly body?: string };
	readonly atomic?: boolean;
}

/** @param own the resource that the operation's path names */
export function declaredBehaviour(
	desk: Desk,
	operation: Operation,
	{ resources, own }: { resources: Resources; own: string | undefined },
): DeclaredBehaviour | undefined {
	if (operation.extension === undefined) return undefined;
	const source = { ...operation.source, pointer: `${operation.source.pointer}/x-holdfast` };
	const said = checkVocabulary(desk, "operation", { value: operation.extension, source }) as OperationWords | undefined;
	if (said === undefined) return undefined;
	const effect = declaredEffect(desk, { said, source, resources, own });
	const evidence: Evidence = { kind: "overlay", text: `x-holdfast: ${JSON.stringify(said)}`, source };
	const acting = resources.get((effect === undefined ? undefined : resourceActedOn(effect)) ?? own ?? "");
	const guards = (said.guards ?? []).flatMap((raw, index) => {
		const declared = { value: raw, source: { ...source, pointer: `${source.pointer}/guards/${index}` } };
		return declaredGuard(desk, { declared, operation, resources, acting }) ?? [];
	});
	return {
		source,
		guards: [...guards, ...operationLimits(said.limits ?? [], { source, operation })],
		effect: effect === undefined ? undefined : { effect, evidence: [evidence] },
		query: said,
		...(said.atomic === undefined ? {} : { atomic: said.atomic }),
		keys: declaredKeys(desk, said.keys ?? {}, { source, operation, resources }),
		...(said.answer === undefined ? {} : { answer: said.answer }),
	};
}

/** Which path parameter names the item of which resource, where the path itself does not tell. */
function declaredKeys(
	desk: Desk,
	said: Readonly<Record<string, string>>,
	{ source, operation, resources }: { source: Source; operation: Operation; resources: Resources },
): ReadonlyMap<string, string> {
	const parameters = operation.parameters.flatMap(({ in: where, name }) => (where === "path" ? [name] : []));
	const keys = Object.entries(said).filter(([resource, parameter]) => {
		const at = { ...source, pointer: `${source.pointer}/keys/${escapePointer(resource)}` };
		if (!resources.has(resource))
			noteUnknown(desk, at, { what: "resource", name: resource, known: [...resources.keys()], end: "key" });
		if (!parameters.includes(parameter))
			noteUnknown(desk, at, { what: "path parameter", name: parameter, known: parameters });
		return resources.has(resource) && parameters.includes(parameter);
	});
	return new Map(keys);
}

/** Lays declared guards and the declared place of the answer over what was inferred. */
export function overrideBehaviour(
	desk: Desk,
	behaviour: Behaviour,
	{ declared, resource }: { declared: DeclaredBehaviour; resource: Resource | undefined },
): Behaviour {
	const { guards } = declared;
	const inferred = behaviour.guards.filter((guard) => !guards.some((other) => isSameGuard(guard, other)));
	const { source, query: said } = declared;
	const query = declaredQuery(desk, behaviour.query, { said, source, operation: behaviour.operation, resource });
	return {
		...behaviour,
		answer: declaredAnswer(desk, behaviour, { declared, resource }),
		guards: [...inferred.map((guard) => withoutClaimed(guard, guards)), ...guards],
		...(query === undefined ? {} : { query }),
	};
}

function declaredAnswer(
	desk: Desk,
	{ operation, answer }: Behaviour,
	{ declared, resource }: { declared: DeclaredBehaviour; resource: Resource | undefined },
): Behaviour["answer"] {
	const at = declared.answer?.body;
	const schema = successSchema(operation);
	if (at === undefined) return answer;
	const found = schema === undefined || resource === undefined ? undefined : answerAt(answer, { schema, at, resource });
	if (found !== undefined) return found;
	const source = { ...declared.source, pointer: `${declared.source.pointer}/answer/body` };
	const message =
		resource === undefined ? "an answer shows something only of a resource" : `the answer has nothing at "${at}"`;
	noteProblem(desk, { code: "bad-declaration", message, source });
	return answer;
}

/** A status that a declared guard speaks with is not the credentials' own: 403 is then about something else than 401. */
function withoutClaimed(guard: Guard, declared: readonly Guard[]): Guard {
	if (guard.kind !== "credentials" || guard.statuses.length < 2) return guard;
	const claimed = new Set(declared.flatMap(({ statuses }) => statuses));
	return { ...guard, statuses: guard.statuses.filter((status) => !claimed.has(status)) };
}

/** A declared guard takes the place of an inferred one about the same thing. */
function isSameGuard(a: Guard, b: Guard): boolean {
	// Several limits hold side by side.
	return a.kind === b.kind && a.kind !== "rate" && subjectOf(a) === subjectOf(b);
}

function subjectOf(guard: Guard): string {
	if (guard.kind === "exists") return guard.resource;
	return "property" in guard ? guard.property : "";
}

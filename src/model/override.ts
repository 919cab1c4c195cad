import type { Contract } from "../contract/contract.ts";
import { type Problem, UserError } from "../problem/problem.ts";
import type { Source } from "../problem/source.ts";
import { type Effect, resourceActedOn } from "./effect.ts";
import type { Evidence } from "./evidence.ts";
import type { Guard } from "./guard.ts";
import { inferAnswer } from "./infer/answer.ts";
import { placesOf } from "./infer/path-shape.ts";
import type { Behaviour, Model } from "./model.ts";
import { declaredEffect } from "./override/effect.ts";
import { declaredGuard } from "./override/guard.ts";
import { checkVocabulary, type Declared } from "./override/vocabulary.ts";
import type { Field, Resource } from "./resource.ts";

/**
 * Lays what `x-holdfast` declares over what was inferred. All mistakes are gathered, then told at once.
 *
 * @throws UserError naming file, line and the word that was probably meant.
 */
export function overrideModel(model: Model): Model {
	const problems: Problem[] = [];
	const desk: Desk = { contract: model.contract, problems };
	const root = readRoot(desk);
	const resources = new Map(
		[...model.resources].map(([name, resource]) => [name, overrideResource(desk, resource, root)]),
	);
	checkNames(desk, Object.keys(root.resources), [...resources.keys()]);
	const declared = { ...model, authority: root.authority, resources };
	const behaviours = new Map(
		[...model.behaviours].map(([id, behaviour]) => [id, overrideBehaviour(desk, declared, behaviour)]),
	);
	if (problems.length > 0) throw new UserError(problems);
	return { ...declared, behaviours };
}

/** Where mistakes are gathered while the declarations are read. */
export interface Desk {
	readonly contract: Contract;
	readonly problems: Problem[];
}

interface Root {
	readonly authority: "document" | "service";
	readonly resources: Readonly<
		Record<
			string,
			{
				readonly kind?: Resource["kind"];
				readonly key?: string;
				readonly made?: "client" | "server";
				readonly cascade?: boolean;
			}
		>
	>;
}

const ROOT: Source = { file: "", pointer: "/x-holdfast" };

function readRoot(desk: Desk): Root {
	const raw = desk.contract.extension;
	if (raw === undefined) return { authority: "document", resources: {} };
	const source = { ...ROOT, file: desk.contract.file };
	const checked = checkVocabulary(desk, "root", { value: raw, source });
	return { authority: "document", resources: {}, ...(checked as Partial<Root> | undefined) };
}

function checkNames(desk: Desk, names: readonly string[], known: readonly string[]): void {
	for (const name of names) {
		if (known.includes(name)) continue;
		const place = desk.contract.locate({ file: desk.contract.file, pointer: `/x-holdfast/resources/${name}` });
		desk.problems.push({
			code: "unknown-resource",
			message: `no resource is called "${name}"`,
			place,
			hint: `there are ${known.join(", ")}`,
		});
	}
}

function overrideResource(desk: Desk, resource: Resource, root: Root): Resource {
	const said = root.resources[resource.name];
	const fields = new Map([...resource.fields].map(([name, field]) => [name, overrideField(desk, field)]));
	if (said === undefined) return { ...resource, fields };
	const key =
		said.key === undefined && said.made === undefined
			? resource.key
			: {
					made: said.made ?? resource.key?.made ?? "server",
					...resource.key,
					...(said.key === undefined ? {} : { property: said.key }),
				};
	return {
		...resource,
		fields,
		kind: said.kind ?? resource.kind,
		cascade: said.cascade ?? resource.cascade,
		...(key === undefined ? {} : { key }),
	};
}

function overrideField(desk: Desk, field: Field): Field {
	if (field.extension === undefined) return field;
	const { value, source } = field.extension;
	const declared = { value, source: { ...source, pointer: `${source.pointer}/x-holdfast` } };
	const said = checkVocabulary(desk, "property", declared) as
		| { generated?: Field["owner"]; credential?: string; reveal?: "once" | "never" }
		| undefined;
	if (said === undefined) return field;
	checkScheme(desk, declared, said.credential);
	return {
		...field,
		owner: said.generated ?? field.owner,
		...(said.credential === undefined ? {} : { credential: said.credential }),
		...(said.reveal === undefined ? {} : { reveal: said.reveal }),
	};
}

function checkScheme(desk: Desk, declared: Declared, scheme: string | undefined): void {
	if (scheme === undefined || desk.contract.securitySchemes.has(scheme)) return;
	desk.problems.push({
		code: "unknown-security-scheme",
		message: `no security scheme is called "${scheme}"`,
		place: desk.contract.locate({ ...declared.source, pointer: `${declared.source.pointer}/credential` }),
		hint: `there are ${[...desk.contract.securitySchemes.keys()].join(", ")}`,
	});
}

interface OperationWords {
	readonly effect?: string;
	readonly resource?: string;
	readonly guards?: readonly unknown[];
	readonly answer?: { readonly body?: string };
}

function overrideBehaviour(desk: Desk, model: Model, behaviour: Behaviour): Behaviour {
	const { operation } = behaviour;
	if (operation.extension === undefined) return behaviour;
	const source = { ...operation.source, pointer: `${operation.source.pointer}/x-holdfast` };
	const said = checkVocabulary(desk, "operation", { value: operation.extension, source }) as OperationWords | undefined;
	if (said === undefined) return behaviour;
	const evidence: Evidence = { kind: "overlay", text: `x-holdfast: ${JSON.stringify(said)}`, source };
	const effect = declaredEffect(desk, model, { said, behaviour, source });
	const guards = (said.guards ?? []).flatMap((raw, index) => {
		const declared = { value: raw, source: { ...source, pointer: `${source.pointer}/guards/${index}` } };
		return declaredGuard(desk, model, declared) ?? [];
	});
	const { reason: _decidedNow, ...rest } = behaviour;
	const changed =
		effect === undefined
			? behaviour
			: { ...rest, effect, evidence: [evidence], answer: answerFor(model, behaviour, effect) };
	const answer = said.answer?.body === undefined ? changed.answer : { ...changed.answer, at: said.answer.body };
	const inferred = changed.guards.filter((guard) => !guards.some((other) => isSameGuard(guard, other)));
	return { ...changed, answer, guards: [...inferred.map((guard) => withoutClaimed(guard, guards)), ...guards] };
}

/** A status that a declared guard speaks with is not the credentials' own: 403 is then about something else than 401. */
function withoutClaimed(guard: Guard, declared: readonly Guard[]): Guard {
	if (guard.kind !== "credentials" || guard.statuses.length < 2) return guard;
	const claimed = new Set(declared.flatMap(({ statuses }) => statuses));
	return { ...guard, statuses: guard.statuses.filter((status) => !claimed.has(status)) };
}

/** With another effect, the answer shows something else. */
function answerFor(model: Model, behaviour: Behaviour, effect: Effect): Behaviour["answer"] {
	const place = placesOf(model.contract).find(({ operation }) => operation.id === behaviour.operation.id);
	const name = resourceActedOn(effect);
	return place === undefined
		? behaviour.answer
		: inferAnswer(place, effect, name === undefined ? undefined : model.resources.get(name));
}

/** A declared guard takes the place of an inferred one about the same thing. */
function isSameGuard(a: Guard, b: Guard): boolean {
	return a.kind === b.kind && subjectOf(a) === subjectOf(b);
}

function subjectOf(guard: Guard): string {
	if (guard.kind === "exists") return guard.resource;
	return guard.kind === "unique" || guard.kind === "member" ? guard.property : "";
}

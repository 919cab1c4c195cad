import type { MediaType } from "../../contract/contract.ts";
import type { Headers, Json } from "../../http/exchange.ts";
import { isJson } from "../../http/media-type.ts";
import type { Create } from "../../model/law/create.ts";
import { countWritten, heldBy, serialOf, unsentValue } from "../../model/law/item.ts";
import { type Behaviour, resourceNamed } from "../../model/model.ts";
import type { Field, Resource } from "../../model/resource.ts";
import { addressOf, type Scene, sentItem } from "../../model/scene.ts";
import { isObject, isServerValue, serverValue, type Value } from "../../model/value.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Answer } from "../answer/answer.ts";
import { chooseStatus } from "../answer/choose-status.ts";
import { responseHeaders } from "../answer/headers.ts";
import { locationsOf } from "../answer/location.ts";
import { negotiate } from "../answer/negotiate.ts";
import { objectShapeOf, type ShapeProperty } from "../answer/object-shape.ts";
import { responseFor } from "../answer/response-for.ts";
import { BODILESS } from "../answer/success.ts";
import type { Desk } from "../desk.ts";
import type { Makers, RoutedArrival } from "../respond.ts";
import { createSettling, type Settling, settleField, settleKey, writtenAs } from "../state/settle-changes.ts";
import type { StoredChange } from "../store/store.ts";
import type { QuickWay } from "./quick-answers.ts";

/** A create whose server makes the key, and whose answer shows the item as it is stored and nothing else. */
interface Plan {
	readonly behaviour: Behaviour;
	readonly resource: Resource;
	/** The property that holds the key. */
	readonly property: string;
	readonly fields: readonly PlannedField[];
	readonly status: number;
	readonly content: readonly MediaType[];
	readonly media: MediaType;
	readonly schema: Schema;
	readonly shown: readonly ShapeProperty[];
	readonly check: (value: unknown) => readonly unknown[];
	/** Undefined where the document names headers: they are made each time. */
	readonly headers: Headers | undefined;
}

interface PlannedField {
	readonly name: string;
	readonly field: Field;
	readonly isKey: boolean;
	/** The body may write it. */
	readonly isSent: boolean;
}

/** The way of an operation that makes an item out of a body; undefined where its answer shows more than that. */
export function compileCreate(
	desk: Desk,
	makers: Pick<Makers, "conjurer">,
	behaviour: Behaviour,
): QuickWay | undefined {
	const plan = planOf(desk, behaviour);
	if (plan === undefined) return undefined;
	const begin = createSettling({ ...desk, view: desk.store.view });
	return {
		answer: (arrival, scene) => {
			const body = sentItem(scene);
			if (!isObject(body) || !accepts(plan, arrival.request.headers.accept)) return undefined;
			const settling = begin();
			const made = makeItem(plan, settling, { scene, body });
			const shown = showItem(plan, desk, made.value);
			// What the document forbids is mended by the general way.
			if (plan.check(shown).length > 0) return undefined;
			const changes: readonly StoredChange[] = [
				countWritten(plan.resource),
				{ kind: "put", container: made.container, entry: { key: made.key, value: made.value } },
			];
			const headers = plan.headers ?? headersFor(plan, desk, { arrival, scene, changes });
			desk.store.apply(changes);
			makers.conjurer?.remember(changes);
			if (arrival.trace !== undefined) {
				arrival.trace.outcome = { kind: "expected", statuses: behaviour.answer.statuses, body: ANYTHING, changes: [] };
				arrival.trace.changes = changes;
			}
			return { status: plan.status, headers, body: JSON.stringify(shown) };
		},
	};
}

const ANYTHING = { kind: "any" } as const;

function planOf(desk: Desk, behaviour: Behaviour): Plan | undefined {
	const { effect, operation, answer } = behaviour;
	if (effect.kind !== "create" || !isPlain(effect, behaviour)) return undefined;
	const resource = resourceNamed(desk.model, effect.resource);
	const { key } = resource;
	if (resource.kind !== "collection" || key?.made !== "server" || key.property === undefined) return undefined;
	if (behaviour.keys.has(resource.name) || resource.fields.has("__proto__")) return undefined;
	const status = chooseStatus(operation, { ...NO_OUTCOME, statuses: statusesOf(behaviour) }, NO_CALL);
	const response = responseFor(operation, status);
	const media = negotiate(response?.content ?? [], undefined);
	if (response === undefined || media?.schema === undefined || !isJson(media.name) || BODILESS.has(status))
		return undefined;
	const shown = objectShapeOf(media.schema).properties;
	if (!showsItem(shown, { resource, fields: answer.fields })) return undefined;
	const holds = heldBy(operation, behaviour.takes ?? "");
	const { property } = key;
	return {
		...{ behaviour, resource, property, status, media, shown },
		content: response.content,
		schema: media.schema,
		check: desk.validation.compile(media.schema, "response"),
		headers: response.headers.length === 0 ? { "content-type": media.name } : undefined,
		fields: [...resource.fields.values()].map((field) => ({
			name: field.name,
			field,
			isKey: field.name === property,
			isSent: field.owner === "client" && holds?.has(field.name) !== false,
		})),
	};
}

const NO_OUTCOME = { kind: "expected", body: ANYTHING, changes: [] } as const;
const NO_CALL = { operation: "", path: {}, query: {}, header: {}, credentials: {}, flaws: [] } as const;

function statusesOf({ answer }: Behaviour): readonly string[] {
	return answer.statuses.length === 0 ? ["2XX"] : answer.statuses;
}

function isPlain({ does, answers }: Create, { answer }: Behaviour): boolean {
	return (
		does === "overwrite" &&
		answers === undefined &&
		answer.shows === "item" &&
		answer.at === "" &&
		answer.key === undefined
	);
}

/** Whether an answer shows fields of the item and what is fixed, and needs nothing else. */
function showsItem(
	shown: readonly ShapeProperty[],
	{ resource, fields }: { readonly resource: Resource; readonly fields: readonly string[] },
): boolean {
	const names = new Set(shown.map(({ name }) => name));
	const isStored = (name: string): boolean => {
		const field = resource.fields.get(name);
		return field?.compared === true && !field.writeOnly && field.reveal !== "never";
	};
	return (
		!names.has("__proto__") &&
		fields.every((name) => names.has(name) && isStored(name)) &&
		shown.every(({ name, constant, required }) => constant !== undefined || fields.includes(name) || !required)
	);
}

function accepts({ content, media }: Plan, accept: string | undefined): boolean {
	return accept === undefined || negotiate(content, accept) === media;
}

interface Making {
	readonly scene: Scene;
	readonly body: { readonly [name: string]: Value };
}

interface Made {
	readonly container: string;
	readonly key: Value;
	readonly value: { readonly [name: string]: Value };
}

/** The item as it is stored: what was sent, and what the server makes of the rest. */
function makeItem({ resource, fields }: Plan, settling: Settling, { scene, body }: Making): Made {
	const { container } = addressOf(scene, resource.name);
	const serial = serialOf(scene, resource);
	const symbol = serverValue("unique", `${resource.name}#${serial}`);
	const key = settleKey(settling, resource, { container, key: symbol });
	const value: Record<string, Value> = {};
	for (const { name, field, isKey, isSent } of fields) {
		if (isKey) value[name] = writtenAs(key, field.schema);
		else if (isSent && Object.hasOwn(body, name)) value[name] = body[name] as Value;
		else {
			const settled = settleField(settling, { resource, field, value: unsentValue(resource, field, serial) });
			if (settled !== undefined) value[name] = settled;
		}
	}
	return { container, key, value };
}

/** The item as the answer shows it, in the order of its document. */
function showItem(
	{ shown, behaviour }: Plan,
	{ inventor }: Desk,
	value: Made["value"],
): { readonly [name: string]: Json } {
	const members: Record<string, Json> = {};
	const { fields } = behaviour.answer;
	for (const { name, constant, required, schema } of shown) {
		if (constant !== undefined) {
			members[name] = constant.value as Json;
			continue;
		}
		if (!fields.includes(name)) continue;
		const stored = value[name];
		if (stored !== undefined && !isServerValue(stored)) members[name] = stored as Json;
		else if (required) {
			const made = inventor.invent(schema, { name });
			if (made !== undefined) members[name] = made;
		}
	}
	return members;
}

function headersFor(
	{ behaviour, status, media }: Plan,
	desk: Desk,
	{ arrival, scene, changes }: { arrival: RoutedArrival; scene: Scene; changes: readonly StoredChange[] },
): Answer["headers"] {
	const response = responseFor(behaviour.operation, status);
	const made = responseHeaders(desk, response, { location: () => locationsOf(scene, changes, arrival.request) });
	return { ...made, "content-type": media.name };
}

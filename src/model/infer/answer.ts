import type { Operation } from "../../contract/contract.ts";
import { typesOf } from "../../schema/navigate.ts";
import type { Schema } from "../../schema/schema.ts";
import { type Effect, resourceActedOn } from "../effect.ts";
import type { Answer } from "../model.ts";
import { holdsMembers, type Resource } from "../resource.ts";
import { escapePointer, isSameWord, listIn, oneIn, propertiesOf, singular, successes, successSchema } from "./shown.ts";

/** How an operation's success carries its item or its list. */
export function inferAnswer(operation: Operation, effect: Effect, resource: Resource | undefined): Answer {
	const statuses = successes(operation).map(({ status }) => (status === "default" ? "2XX" : status));
	const schema = operation.method === "HEAD" ? undefined : successSchema(operation);
	if (schema === undefined) return { statuses, shows: "nothing", at: "", fields: [], evidence: [] };
	const other: Answer = { statuses, shows: "other", at: "", fields: [], evidence: [] };
	if (resource === undefined || resourceActedOn(effect) === undefined) return other;
	if (effect.kind === "list" || holdsMembers(resource)) return { ...other, ...shownList(operation, schema, resource) };
	const found = shownItem(schema, resource);
	const item = found !== undefined && (effect.kind === "read" || isMostly(found, resource)) ? found : undefined;
	const showsKey = item?.fields.includes(resource.key?.property ?? "") === true;
	const key = effect.kind === "create" && !showsKey ? namedKey(schema, resource) : {};
	if (item === undefined) return { ...other, ...key };
	// What a reader leaves out is missing; what a writer does not repeat may be there all the same.
	const { optional, schema: _inner, ...shown } = item;
	return { ...other, ...shown, ...besideItem(key, shown.at), ...(effect.kind === "read" ? {} : { optional }) };
}

/** The answer whose list stands at a place that was declared. */
export function answerAt(answer: Answer, { schema, at, resource }: Declared): Answer | undefined {
	const inner = schemaAt(schema, at);
	if (inner === undefined) return undefined;
	if (holdsMembers(resource)) return { ...answer, shows: "members", at };
	const list = listIn(inner, resource.name);
	if (list !== undefined && list.at === "") return { ...answer, shows: "list", at, ...fieldsIn(list.schema, resource) };
	return { ...answer, shows: "item", at, ...fieldsIn(inner, resource) };
}

interface Declared {
	readonly schema: Schema;
	/** JSON Pointer. */
	readonly at: string;
	readonly resource: Resource;
}

function schemaAt(schema: Schema, at: string): Schema | undefined {
	const names = at === "" ? [] : at.slice(1).split("/");
	return names.reduce<Schema | undefined>(
		(inner, name) =>
			inner === undefined ? undefined : propertiesOf(inner).find((one) => escapePointer(one.name) === name)?.schema,
		schema,
	);
}

function shownList(operation: Operation, schema: Schema, resource: Resource): Partial<Answer> {
	const list = listIn(schema, resource.name);
	if (list === undefined) return {};
	const plain = !typesOf(list.schema).includes("object");
	if (holdsMembers(resource)) return plain ? { shows: "members", at: list.at } : {};
	const shown = fieldsIn(list.schema, resource);
	if (shown.fields.length === 0) return {};
	return { shows: "list", at: list.at, ...shown, ...(isPaged(operation, schema) ? { pages: true } : {}) };
}

function shownItem(
	schema: Schema,
	resource: Resource,
): (Pick<Answer, "shows" | "at"> & ReturnType<typeof fieldsIn> & { readonly schema: Schema }) | undefined {
	const one = oneIn(schema, resource.name);
	const shown = one === undefined ? undefined : fieldsIn(one.schema, resource);
	if (one === undefined || shown === undefined || shown.fields.length === 0) return undefined;
	return { shows: "item", at: one.at, schema: one.schema, ...shown };
}

/** What shares only few names with the item tells of something else: how the request went, or what it relates. */
function isMostly({ schema, fields }: { schema: Schema; fields: readonly string[] }, { key }: Resource): boolean {
	const all = propertiesOf(schema).length;
	return fields.length * 2 > all || (fields.length * 2 === all && fields.includes(key?.property ?? ""));
}

function fieldsIn(schema: Schema, resource: Resource): { fields: readonly string[]; optional: readonly string[] } {
	const shown = propertiesOf(schema).filter(({ name }) => resource.fields.has(name));
	const optional = shown.filter(({ required }) => !required);
	return { fields: shown.map(({ name }) => name), optional: optional.map(({ name }) => name) };
}

/** A key that is named in the same place in which the item is shown. */
function besideItem(named: ReturnType<typeof namedKey>, at: string): ReturnType<typeof namedKey> {
	return named.at === undefined || named.at === at ? named : {};
}

/** `{ petId: 7 }`, or only `7`: an answer that names what it made and shows nothing else of it. */
function namedKey(schema: Schema, { name, key }: Resource): Partial<Pick<Answer, "key" | "at">> {
	if (key?.property === undefined) return {};
	const types = typesOf(schema);
	if (types.length > 0 && types.every((type) => type === "string" || type === "integer")) return { key: "" };
	const words = [key.property, `${singular(name)}_id`, `${singular(name)}_${key.property}`, "id"];
	const { schema: inner, at } = oneIn(schema, name) ?? { schema, at: "" };
	const named = propertiesOf(inner).find(
		// A list of keys is not the key of one.
		(one) => !typesOf(one.schema).includes("array") && words.some((word) => isSameWord(one.name, word)),
	);
	return named === undefined ? {} : { key: named.name, at };
}

/** Names of parameters that choose a part of a list (measured over 2,639 documents). */
const PAGER =
	/^(?:\$?(?:limit|top|skip|take|max|first|last)|offset|page(?:[-_. ]?(?:no|num|number|size|token|index|limit|count|start))?|page\[\w+\]|per[-_]?page|(?:max|num)[-_]?(?:results|items|keys|records|entries)|results[-_]?per[-_]?page|cursor|(?:next|continuation|page|continue)[-_]?(?:token|marker|key|page|cursor)|marker|start(?:ing)?[-_]?(?:after|index|at|key|token|from)|ending[-_]?before|after|before|since[-_]?id|max[-_]?id|count|size|rows|start|from|n|skip\w*|token|continue)$/i;
const NEXT =
	/^(?:_?links|next\w*|has_?more|\w*cursor\w*|\w*page_?token|pag(?:ing|ination|e_?info)|total_?pages|page_?count)$/i;

/** Whether a list may come in parts: it can be asked for one, or tells where the next one is. */
function isPaged(operation: Operation, schema: Schema): boolean {
	const isAsked = operation.parameters.some(({ name, in: where }) => where === "query" && PAGER.test(name));
	return isAsked || propertiesOf(schema).some(({ name }) => NEXT.test(name));
}

import { isAnswer } from "../http/exchange.ts";
import { leadOf, resourceActedOn } from "../model/effect.ts";
import { type Behaviour, behaviourOf, type Model } from "../model/model.ts";
import { parsePointer } from "../schema/reference.ts";
import { headersFor, removerOf } from "./cleanup.ts";
import type { Turn } from "./session.ts";

/** What a run has made and taken away again, so that an interrupted one can be cleaned up later. */
export interface JournalEntry {
	readonly kind: "made" | "gone";
	/** The request that takes it away: a method, and a path relative to the target. */
	readonly method: string;
	readonly path: string;
	/** The identity that made it, where that was not the main one. */
	readonly as?: string;
	/** What says in which part of the data it stands. */
	readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What one exchange adds to the journal: an item that is there now and can be taken away, or one that is gone. What
 * nothing in the document takes away is told at the end of a run.
 */
export function journalEntry(model: Model, turn: Turn): JournalEntry | undefined {
	const { answer } = turn.exchange;
	const behaviour = behaviourOf(model, turn.call.operation);
	if (turn.isProbe === true || !isAnswer(answer)) return undefined;
	const isDone = answer.status >= 200 && answer.status < 300;
	const resource = resourceActedOn(behaviour.effect);
	if (resource === undefined) return undefined;
	const as = identityOf(turn);
	if (behaviour.effect.kind === "remove" && behaviour.keys.has(resource)) {
		if (!isDone && answer.status !== 404 && answer.status !== 410) return undefined;
		return { kind: "gone", method: behaviour.operation.method, path: pathOf(turn), ...as };
	}
	const remover = MAKES.has(leadOf(behaviour.effect).kind) && isDone ? removerOf(model, resource) : undefined;
	const path = remover === undefined ? undefined : removalPath(remover, behaviour, { turn, resource, model });
	if (remover === undefined || path === undefined) return undefined;
	return { kind: "made", method: remover.operation.method, path, ...as, ...headersOf(turn, remover) };
}

const MAKES: ReadonlySet<string> = new Set(["create", "upsert"]);

function identityOf({ call }: Turn): Pick<JournalEntry, "as"> {
	const [as] = Object.values(call.credentials).flatMap((one) => (one.kind === "right" && one.as ? [one.as] : []));
	return as === undefined ? {} : { as };
}

function headersOf({ call }: Turn, remover: Behaviour): Pick<JournalEntry, "headers"> {
	const texts = Object.entries(headersFor(remover, call.header)).map(([name, value]) => [name, String(value)]);
	return texts.length === 0 ? {} : { headers: Object.fromEntries(texts) };
}

function pathOf({ exchange }: Turn): string {
	return exchange.request.path.split("?")[0] ?? "";
}

interface Making {
	readonly turn: Turn;
	readonly resource: string;
	readonly model: Model;
}

/** The path of the removing operation: parents as the making request named them, the key as it named or answered it. */
function removalPath(remover: Behaviour, maker: Behaviour, { turn, resource, model }: Making): string | undefined {
	const sent = valuesIn(maker.operation.path, pathOf(turn));
	const parts = [...remover.keys].map(([name, parameter]): [string, string | undefined] => {
		const named = maker.keys.get(name);
		if (named !== undefined) return [parameter, sent.get(named)];
		return [parameter, name === resource ? keyIn(maker, { turn, resource, model }) : undefined];
	});
	if (parts.some(([, text]) => text === undefined)) return undefined;
	const known = new Map(parts);
	return remover.operation.path.replaceAll(/\{([^{}]+)\}/g, (all, name: string) => known.get(name) ?? all);
}

/** What stands in the places of a template, encoded as it was sent. */
function valuesIn(template: string, path: string): ReadonlyMap<string, string> {
	const names = [...template.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
	const literal = template.split(/\{[^{}]+\}/).map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`));
	const values = new RegExp(`^${literal.join("([^/]*)")}$`).exec(path)?.slice(1) ?? [];
	return new Map(values.map((value, index) => [names[index] ?? "", value]));
}

/** The key that the answer shows for the new item. */
function keyIn({ answer }: Behaviour, { turn, resource, model }: Making): string | undefined {
	const property = answer.key ?? model.resources.get(resource)?.key?.property;
	if (property === undefined) return undefined;
	const places = [...parsePointer(answer.at), ...(property === "" ? [] : [property])];
	const found = places.reduce<unknown>((value, name) => memberOf(value, name), turn.body);
	return typeof found === "string" || typeof found === "number" ? encodeURIComponent(String(found)) : undefined;
}

function memberOf(value: unknown, name: string): unknown {
	return typeof value === "object" && value !== null && Object.hasOwn(value, name)
		? (value as Readonly<Record<string, unknown>>)[name]
		: undefined;
}

import type { Json } from "../http/exchange.ts";
import type { Call, Credential } from "../model/call.ts";
import { levelOf } from "../model/evidence.ts";
import type { Partitioned } from "../model/guard/partitioned.ts";
import { guardLawOf } from "../model/guard-laws.ts";
import { identityNamed } from "../model/identity.ts";
import { mentions } from "../model/match-log.ts";
import { type Behaviour, resourceNamed } from "../model/model.ts";
import type { Pager } from "../model/query/pager.ts";
import { isServerValue, propertyOf, type Value } from "../model/value.ts";
import { parsePointer } from "../schema/reference.ts";
import { cleanUp } from "./cleanup.ts";
import { stepOf } from "./conform.ts";
import { type Desk, report, startOf, startWorlds } from "./desk.ts";
import { live } from "./history.ts";
import { compose, leaveEntries, make, startStory } from "./plan/story.ts";
import { createValueSource } from "./plan/value-source.ts";
import type { Turn } from "./session.ts";
import { worldsAfter } from "./stage.ts";

/** So many pages of one list are looked through. */
const PAGES_MAX = 20;
/** Where the document names no length, and none that is longer. */
const SIZE_USUAL = 50;
/** What is found is asked for so often before it is believed. */
const ASKED = 3;
/** As the rival of the claim is called. */
const LEAKING = "shows what belongs to others";
/** A key that is not met by chance. */
const KEY_LENGTH_MIN = 8;

/**
 * Looks through all pages of a list as somebody of another tenant: a list may keep to the tenant on its first page, or show
 * so many of the other's own items there that ours stand on a later one.
 */
export async function sweepPages(desk: Desk): Promise<void> {
	for (const behaviour of desk.model.behaviours.values()) {
		const { operation, effect, guards, keys, query } = behaviour;
		const index = guards.findIndex((guard) => guard.kind === "partition" && guard.partition.by === "identity");
		const guard = guards[index];
		const isSwept = effect.kind === "list" && keys.size === 0 && desk.operations.has(operation.id);
		if (guard?.kind !== "partition" || !isSwept || query?.pager === undefined || desk.stopReason() !== undefined)
			continue;
		await sweepList(desk, { behaviour, guard, pager: query.pager, claim: `${operation.id}/${guard.kind}${index}` });
	}
}

interface Swept {
	readonly behaviour: Behaviour;
	readonly guard: Partitioned;
	readonly pager: Pager;
	readonly claim: string;
}

async function sweepList(desk: Desk, swept: Swept): Promise<void> {
	const { behaviour, guard } = swept;
	const { model, validation, seed, marker } = desk;
	const source = createValueSource({ model, validation, seed, marker, label: `w${desk.serial()}` });
	const story = startStory(model, startOf(model), { source, validation });
	const isLog = resourceNamed(model, guard.resource).records !== undefined;
	const made = isLog ? leaveEntries(story, guard.resource, [])[0] : make(story, guard.resource, []);
	const call = compose(story, behaviour.operation.id, { inside: [] });
	const stranger = strangerFor(desk, call);
	if (made === undefined || stranger === undefined) return;
	const history = await live(desk, startWorlds(model), story.calls);
	const worlds = worldsAfter(desk, history);
	const key = isServerValue(made.key) ? worlds[0]?.bindings.get(made.key.name) : made.key;
	if (typeof key === "string" && key.length >= KEY_LENGTH_MIN) {
		const isIt = isLog ? (item: Value) => mentions(item as Json, key) : showsKey(desk, swept, key);
		const seen = await lookFor(desk, swept, { call: { ...call, credentials: stranger }, isIt });
		if (seen.kind === "shown") blame(desk, swept, [...history.turns.slice(-1), seen.turn]);
		// Who finds it nowhere proves something only where its owner does find it.
		else if (seen.kind === "absent" && (await lookFor(desk, swept, { call, isIt })).kind === "shown")
			acquit(desk, swept);
	}
	await cleanUp(desk, history, { worlds, thorough: true });
}

/** Whether an item of the list is the one with this key. */
function showsKey(desk: Desk, { behaviour }: Swept, key: string): Looking["isIt"] {
	const property =
		behaviour.answer.shows === "list" ? resourceNamed(desk.model, resourceOf(behaviour)).key?.property : undefined;
	return (item) => property !== undefined && propertyOf(item, property) === key;
}

function acquit(desk: Desk, { claim }: Swept): void {
	desk.decided.set(claim, { verdict: "agrees" });
	desk.toldApart.add(`${claim} ${LEAKING}`);
}

/** The same credentials of somebody of another tenant; undefined where nobody has them. */
function strangerFor({ model }: Desk, { credentials }: Call): Call["credentials"] | undefined {
	const schemes = Object.keys(credentials);
	const own = identityNamed(model)?.tenant;
	const other = model.identities.find(
		({ tenant, expired, schemes: known }) =>
			tenant !== own && expired !== true && schemes.length > 0 && schemes.every((scheme) => known.includes(scheme)),
	);
	if (other === undefined) return undefined;
	return Object.fromEntries(schemes.map((scheme): [string, Credential] => [scheme, { kind: "right", as: other.name }]));
}

interface Looking {
	readonly call: Call;
	readonly isIt: (item: Value) => boolean;
}

type Seen = { readonly kind: "shown"; readonly turn: Turn } | { readonly kind: "absent" | "unknown" };

/** Looks through all pages; what is shown must be there every time that it is asked for. */
async function lookFor(desk: Desk, { behaviour, pager }: Swept, { call, isIt }: Looking): Promise<Seen> {
	let query: Call["query"] | undefined = startOfList(call, pager);
	for (let page = 0; page < PAGES_MAX; page++) {
		if (query === undefined || desk.stopReason() !== undefined) break;
		const asked: Call = { ...call, query };
		const turn = await desk.session.send(asked, new Map());
		const items = itemsIn(behaviour, turn);
		if (turn === undefined || items === undefined) break;
		if (items.length === 0) return { kind: "absent" };
		if (items.some(isIt)) return shownIn(desk, behaviour, { turn, looking: { call: asked, isIt } });
		query = nextOf(asked, pager, { page: page + 1, turn });
		if (query === undefined && endsWith(pager, items)) return { kind: "absent" };
	}
	return { kind: "unknown" };
}

/** Whether a page from which nothing leads on is the last: it is not full. */
function endsWith(pager: Pager, items: readonly Value[]): boolean {
	return items.length < sizeOf(pager);
}

async function shownIn(
	desk: Desk,
	behaviour: Behaviour,
	{ turn, looking: { call, isIt } }: { turn: Turn; looking: Looking },
): Promise<Seen> {
	for (let again = 1; again < ASKED; again++) {
		const items = itemsIn(behaviour, await desk.session.send(call, new Map())) ?? [];
		if (!items.some(isIt)) return { kind: "unknown" };
	}
	return { kind: "shown", turn };
}

function resourceOf({ effect }: Behaviour): string {
	return "resource" in effect ? effect.resource : "";
}

function itemsIn({ answer }: Behaviour, turn: Turn | undefined): readonly Value[] | undefined {
	if (turn?.told === undefined || turn.told.status >= 300) return undefined;
	const list = parsePointer(answer.at).reduce<Value | undefined>(
		(inner, name) => propertyOf(inner, name),
		turn.body as Value,
	);
	return Array.isArray(list) ? (list as readonly Value[]) : undefined;
}

function sizeOf({ sizes }: Pager): number {
	return Math.min(sizes.max ?? sizes.default ?? SIZE_USUAL, SIZE_USUAL);
}

function startOfList({ query }: Call, pager: Pager): Call["query"] {
	return pager.size === undefined ? query : { ...query, [pager.size]: sizeOf(pager) };
}

/** What asks for the next page; undefined where there is none, or nobody knows how. */
function nextOf(
	{ query }: Call,
	pager: Pager,
	{ page, turn }: { page: number; turn: Turn },
): Call["query"] | undefined {
	const { at, style, base } = pager;
	if (at === undefined || style === "link") return undefined;
	if (style === "page") return { ...query, [at]: base + page };
	if (style === "limit-offset") return { ...query, [at]: base + page * sizeOf(pager) };
	if (pager.next === undefined || pager.nextKind === "url") return undefined;
	const token = parsePointer(pager.next).reduce<Value | undefined>(
		(inner, name) => propertyOf(inner, name),
		turn.body as Value,
	);
	return typeof token === "string" && token !== "" ? { ...query, [at]: token } : undefined;
}

function blame(desk: Desk, { behaviour: { operation }, guard, claim }: Swept, turns: readonly Turn[]): void {
	const documented = guardLawOf(guard).documented(guard, desk.model);
	const observed = LEAKING;
	const [evidence] = guard.evidence;
	report(desk, [
		{
			rule: "tenant-leak",
			level: levelOf(guard.evidence),
			operation: operation.id,
			documented,
			observed,
			message: `${operation.method} ${operation.path}, asked page by page by somebody of another tenant, ${observed}.`,
			...(evidence === undefined ? {} : { because: evidence.text }),
			source: evidence?.source ?? operation.source,
			evidence: turns.map(stepOf),
			suspects: [observed],
			cause: `${claim} ${observed}`,
		},
	]);
	desk.decided.set(claim, { verdict: "drift" });
}

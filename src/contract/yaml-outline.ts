import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE } from "js-yaml";
import { outlineForgivingly } from "./forgiving-yaml.ts";
import { DEPTH_MAX } from "./limit.ts";
import { mergedEntries, type OnDuplicate, type Outline, type OutlineEntry } from "./outline.ts";

type YamlEvent = ReturnType<typeof parseEvents>[number];
type ScalarEvent = Extract<YamlEvent, { type: typeof EVENT_ID.SCALAR }>;

/** A map or list that is not closed yet. */
interface Open {
	readonly start: number;
	readonly anchor: string | undefined;
	/** Undefined in a list. */
	readonly entries: Map<string, OutlineEntry> | undefined;
	readonly items: Outline[];
	/** The key whose value comes next. */
	key: { readonly name: string; readonly start: number } | undefined;
}

/**
 * The outline of a text that was loaded before: by the events of js-yaml, which are there in a fraction of the time that
 * a syntax tree takes; by the forgiving parser where that was needed to read it.
 */
export function outlineYaml(text: string, onDuplicate?: OnDuplicate): Outline {
	const events = eventsOf(text);
	return events === undefined ? outlineForgivingly(text, onDuplicate) : outlineEvents(text, events, onDuplicate);
}

function eventsOf(text: string): readonly YamlEvent[] | undefined {
	try {
		return parseEvents(text, { maxDepth: DEPTH_MAX });
	} catch {
		return undefined;
	}
}

function outlineEvents(text: string, events: readonly YamlEvent[], onDuplicate: OnDuplicate | undefined): Outline {
	const anchors = new Map<string, Outline>();
	const stack: Open[] = [open(undefined, 0, undefined)];
	for (const event of events) {
		if (event.type === EVENT_ID.DOCUMENT) continue;
		if (event.type === EVENT_ID.MAPPING) stack.push(open(new Map(), event.start, anchorOf(text, event)));
		else if (event.type === EVENT_ID.SEQUENCE) stack.push(open(undefined, event.start, anchorOf(text, event)));
		else if (event.type === EVENT_ID.POP) close(stack, anchors);
		else if (event.type === EVENT_ID.SCALAR) addScalar(stack, anchors, { text, event, onDuplicate });
		else add(stack, anchors.get(text.slice(event.anchorStart, event.anchorEnd)) ?? plain(event.anchorStart));
	}
	return stack[0]?.items[0] ?? plain(0);
}

function open(entries: Open["entries"], start: number, anchor: string | undefined): Open {
	return { start, anchor, entries, items: [], key: undefined };
}

/** The last event closes the document, whose container stays. */
function close(stack: Open[], anchors: Map<string, Outline>): void {
	const closed = stack.length > 1 ? stack.pop() : undefined;
	if (closed === undefined) return;
	const { start, items, entries, anchor } = closed;
	const node: Outline =
		entries === undefined ? { kind: "list", start, items } : { kind: "map", start, entries: mergedEntries(entries) };
	if (anchor !== undefined) anchors.set(anchor, node);
	add(stack, node);
}

function addScalar(
	stack: readonly Open[],
	anchors: Map<string, Outline>,
	{ text, event, onDuplicate }: { text: string; event: ScalarEvent; onDuplicate: OnDuplicate | undefined },
): void {
	const isQuoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
	const isBlock = event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
	const parent = stack.at(-1);
	// Where nothing is written (`get:`), the key says where.
	const written = event.valueStart < 0 ? (parent?.key?.start ?? parent?.start ?? 0) : event.valueStart;
	const start = isQuoted ? written - 1 : written;
	const node: Outline = { kind: isBlock ? "block" : "plain", start };
	const anchor = anchorOf(text, event);
	if (anchor !== undefined) anchors.set(anchor, node);
	if (parent?.entries === undefined || parent.key !== undefined) {
		add(stack, node);
		return;
	}
	const name = getScalarValue(text, event);
	if (parent.entries.has(name)) onDuplicate?.(name, start);
	parent.key = { name, start };
}

/** Adds a finished node where it belongs: as a key, as the value of the last key, or as the next item. */
function add(stack: readonly Open[], node: Outline): void {
	const parent = stack.at(-1);
	if (parent === undefined) return;
	if (parent.entries === undefined) parent.items.push(node);
	else if (parent.key === undefined) parent.key = { name: "", start: node.start };
	else {
		parent.entries.set(parent.key.name, { key: parent.key.start, node });
		parent.key = undefined;
	}
}

function anchorOf(text: string, event: { anchorStart: number; anchorEnd: number }): string | undefined {
	return event.anchorStart < 0 ? undefined : text.slice(event.anchorStart, event.anchorEnd);
}

function plain(start: number): Outline {
	return { kind: "plain", start };
}

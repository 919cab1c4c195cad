import { decodePercent } from "../schema/reference.ts";

/** A path or URL as a page writes it. */
export interface PagePath {
	/** As written, without what follows a sentence. */
	readonly raw: string;
	/** `https://api.example.com` when one is named; a placeholder counts as one. */
	readonly host?: string;
	/** Without query and fragment, its parameters written as `{name}`. */
	readonly path: string;
	readonly segments: readonly Segment[];
	readonly query: readonly { readonly name: string; readonly value: string }[];
}

export type Segment =
	| { readonly kind: "text"; readonly text: string }
	| { readonly kind: "parameter"; readonly name: string };

/** What stands for the address in snippets: `$BASE`, `${URL}`, `<host>`, `{{base}}`. */
const PLACEHOLDER_HOST = /^(?:\$\{?\w+\}?|<[^>]+>|\{\{?[^}]+\}?\}|YOUR_[A-Z_]+|\[[^\]]+\])(?=\/|$)/;

/**
 * Takes a path apart. Parameters may be written `{id}`, `:id`, `<id>`, `$ID`, `${id}`, `{{id}}` or `[id]`.
 *
 * @example parsePagePath("/pets/:id?limit=2.").segments[1] // { kind: "parameter", name: "id" }
 */
export function parsePagePath(text: string): PagePath {
	const raw = trimEnd(text);
	const host = /^https?:\/\/[^/?#]+/.exec(raw)?.[0] ?? PLACEHOLDER_HOST.exec(raw)?.[0];
	const rest = raw.slice(host?.length ?? 0).replace(/#.*$/, "");
	const mark = rest.indexOf("?");
	const pathname = mark === -1 ? rest : rest.slice(0, mark);
	const segments = pathname
		.replace(/^\//, "")
		.replace(/(?<=.)\/$/, "")
		.split("/")
		.map(segmentOf);
	return {
		raw,
		...(host === undefined ? {} : { host }),
		path: `/${segments.map((segment) => (segment.kind === "text" ? segment.text : `{${segment.name}}`)).join("/")}`,
		segments,
		query: mark === -1 ? [] : pairsOf(rest.slice(mark + 1)),
	};
}

/** The full stop of a sentence is no part of the path; dots that stand for something are. */
function trimEnd(text: string): string {
	const trimmed = text.replace(/[,;:!]+$/, "");
	return /\.\.\.$|…$/.test(trimmed) ? trimmed : trimmed.replace(/[.,;:!?]+$/, "");
}

function segmentOf(text: string): Segment {
	const name = /^(?:\{\{?\s*([\w.-]+)\s*\}?\}|:([A-Za-z_][\w-]*)|<([\w -]+)>|\$\{?(\w+)\}?|\[([\w-]+)\])$/.exec(text);
	const found = name?.slice(1).find((one) => one !== undefined);
	return found === undefined ? { kind: "text", text } : { kind: "parameter", name: found };
}

function pairsOf(query: string): PagePath["query"] {
	return query
		.split("&")
		.filter((pair) => pair !== "" && pair !== "...")
		.map((pair) => {
			const [name = "", ...rest] = pair.split("=");
			return { name: decode(name), value: decode(rest.join("=")) };
		});
}

function decode(text: string): string {
	return decodePercent(text.replaceAll("+", " "));
}

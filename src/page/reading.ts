import type { Table } from "./block.ts";
import type { Example } from "./example.ts";
import type { Label } from "./label.ts";
import type { PagePath } from "./page-path.ts";
import type { Snippet } from "./snippet/snippet.ts";

/** What a page says, each with its line; whether it is right is judged elsewhere. */
export interface Reading {
	readonly file: string;
	readonly format: "markdown" | "html" | "text";
	readonly endpoints: readonly NamedEndpoint[];
	readonly tables: readonly NamedTable[];
	readonly examples: readonly NamedExample[];
	readonly snippets: readonly Snippet[];
	readonly statuses: readonly NamedStatus[];
	readonly sentences: readonly NamedSentence[];
	/** Paths that the page says it is not about, each ending with a star or not. */
	readonly outside: readonly string[];
	/** Base addresses that the page names. */
	readonly bases: readonly string[];
}

/** What part of a page something stands in. */
export interface Scope {
	/** The endpoint that the part is about. */
	readonly endpoint?: EndpointName;
	/** The titles above, the nearest last. */
	readonly titles: readonly string[];
	/** What the nearest short title says of what follows. */
	readonly label: Label;
}

export interface EndpointName {
	readonly method?: string;
	readonly path: PagePath;
	readonly line: number;
}

export interface NamedEndpoint extends EndpointName {
	/** `title` and `table` name what the page describes; `text` may name what it only refers to. */
	readonly where: "title" | "table" | "text" | "snippet";
	/** The sentence around it, in running text. */
	readonly sentence?: string;
}

export interface NamedTable {
	readonly table: Table;
	readonly scope: Scope;
}

export interface NamedExample {
	readonly example: Example;
	readonly scope: Scope;
	readonly line: number;
}

/** A status that the page names for what it describes. */
export interface NamedStatus {
	/** `404`, `4XX`. */
	readonly status: string;
	readonly line: number;
	readonly scope: Scope;
	/** `label`: a title above an answer; `table`: a row; `sentence`: running text. */
	readonly where: "label" | "table" | "sentence";
	readonly quote: string;
}

export interface NamedSentence {
	readonly text: string;
	readonly line: number;
	readonly endpoint: EndpointName;
}

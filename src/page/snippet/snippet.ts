import type { Example } from "../example.ts";
import type { PagePath } from "../page-path.ts";

/** A request that a page shows as a command, as code or as it goes over the wire. */
export interface Snippet {
	readonly source: "curl" | "fetch" | "http";
	readonly method: string;
	readonly path: PagePath;
	readonly headers: readonly SnippetHeader[];
	readonly body?: SnippetBody;
	/** Where it begins. */
	readonly line: number;
}

export interface SnippetHeader {
	readonly name: string;
	readonly value: string;
	readonly line: number;
}

/** A body that can be read as JSON is an example; any other is only known to be there. */
export type SnippetBody = { readonly text?: string; readonly line: number; readonly example?: Example };

/** An answer as it goes over the wire. */
export interface SnippetAnswer {
	readonly status: string;
	readonly example?: Example;
	readonly line: number;
}

import type { Label } from "./label.ts";
import type { EndpointName, Scope } from "./reading.ts";

/** Follows the titles of a page, so that everything below knows what it is about. */
export interface Scopes {
	/** A title begins a part; parts of its level and below end. */
	enter(title: Title): void;
	/** A line of text that is an endpoint and nothing else speaks for the title above it. */
	enterText(endpoint: EndpointName): void;
	/** A short line says what follows. */
	relabel(label: Label): void;
	/** A request is shown: where no title names an endpoint, what follows is about this one. */
	showRequest(endpoint: EndpointName): void;
	current(): Scope;
}

interface Title {
	readonly level: number;
	readonly title: string;
	readonly endpoint: EndpointName | undefined;
	readonly label: Label | undefined;
}

const NO_LABEL: Label = {};

export function createScopes(): Scopes {
	let open: Title[] = [];
	let label: Label = NO_LABEL;
	/** The endpoint of a request that was shown under the current title. */
	let shown: EndpointName | undefined;
	return {
		enter: (title) => {
			label = title.label ?? NO_LABEL;
			if (isPartOf(title, open)) return;
			open = [...open.filter(({ level }) => level < title.level), title];
			shown = undefined;
		},
		enterText: (endpoint) => {
			const last = open.at(-1);
			const level = last?.level ?? 0;
			// Several endpoints below one title: each speaks until the next.
			open = [...open.slice(0, -1), { level, title: last?.title ?? "", endpoint, label: undefined }];
			label = NO_LABEL;
			shown = undefined;
		},
		relabel: (next) => {
			label = next;
		},
		showRequest: (endpoint) => {
			if (open.every((title) => title.endpoint === undefined)) shown = endpoint;
			label = NO_LABEL;
		},
		current: () => {
			const endpoint = open.findLast((title) => title.endpoint !== undefined)?.endpoint ?? shown;
			return { ...(endpoint === undefined ? {} : { endpoint }), titles: open.map(({ title }) => title), label };
		},
	};
}

/**
 * `Response` below or beside the title of an endpoint is a part of it. Errors beside it may be those of all endpoints,
 * and are no part.
 */
function isPartOf({ level, label, endpoint }: Title, open: readonly Title[]): boolean {
	if (label === undefined || endpoint !== undefined) return false;
	const owner = open.findLast((title) => title.endpoint !== undefined);
	if (owner === undefined) return false;
	return level > owner.level || (level === owner.level && label.isErrors !== true && label.place !== "header");
}

import { stringify } from "yaml";
import type { Response } from "../contract/contract.ts";
import type { Json } from "../http/exchange.ts";
import { behaviourOf, type Model } from "../model/model.ts";
import { isObject, type Value } from "../model/value.ts";
import type { Draft } from "./draft.ts";
import { mendSchema } from "./mend-schema.ts";
import { at, ELSEWHERE, type Mended, type Mending, none, type OverlayAction, overlay } from "./mending.ts";
import { overlayPath } from "./overlay-path.ts";

/**
 * The overlay that makes the document tell the truth about one finding.
 *
 * @example mend(model, draft) // { kind: "overlay", actions: [{ target: "$.paths['/a'].put", update: { … } }] }
 */
export function mend(model: Model, draft: Draft): Mending {
	const { operation } = behaviourOf(model, draft.operation);
	const { contract } = model;
	const mended: Mended = { model, draft, operation, path: (source) => overlayPath(contract, source) };
	const mending = (MENDERS[draft.rule] ?? noWords)(mended);
	if (mending.kind === "none" || mending.actions.every(({ target }) => target !== ELSEWHERE)) return mending;
	return none("it stands in another file than the document, and an overlay reaches only the document");
}

/** The actions as they stand in an overlay. */
export function renderActions(actions: readonly OverlayAction[]): string {
	return stringify(actions, { lineWidth: 0 });
}

type Mender = (mended: Mended) => Mending;

const MENDERS: Readonly<Partial<Record<Draft["rule"], Mender>>> = {
	effect: mendEffect,
	"use-after-free": mendEffect,
	guard: mendGuard,
	"ignored-auth": mendSecurity,
	"status-code-conformance": mendStatus,
	"content-type-conformance": mendMediaType,
	"response-headers-conformance": mendHeader,
	"response-schema-conformance": mendSchema,
	"negative-data-rejection": mendSchema,
	"undocumented-field": mendField,
	"missing-required-header": mendRequiredHeader,
	"unsupported-method": mendMethod,
	"example-conformance": mendExample,
	"reveal-once": () => none("a secret that is shown again is a bug of the service, or was declared to be shown once"),
	sort: (mended) => withoutQuery(mended, "sort"),
	paging: (mended) => withoutQuery(mended, "pager"),
	"not-a-server-error": () => none("a server error is a bug, and no document makes it right"),
	"failed-write-changed-state": () => none("no client could live with a refusal that changes something"),
	"tenant-leak": () => none("what belongs to one tenant and is shown to another is a bug of the service"),
	"positive-data-acceptance": () => none("the stricter rule that the service keeps is not known from what it refuses"),
	"allow-header-conformance": () => none("HTTP asks for it, and the document does not"),
	"response-time": () => none("no document says how long an answer may take"),
	race: () => none("no document makes a lost write right"),
};

function noWords({ draft }: Mended): Mending {
	return none(`OpenAPI and x-holdfast have no words for it: ${draft.observed}`);
}

/** Effects that a word of the vocabulary names, and what the operation then does, after "it". */
const EFFECTS: Readonly<Record<string, { readonly word: string; readonly does: string }>> = {
	append: { word: "append", does: "adds what is sent to what is there" },
	merge: { word: "merge", does: "changes what is sent and keeps the rest" },
	replace: { word: "replace", does: "replaces the whole by what is sent" },
	upsert: { word: "upsert", does: "makes what is not there, and overwrites what is" },
	ignore: { word: "none", does: "changes nothing" },
};

function mendEffect(mended: Mended): Mending {
	const { draft, operation } = mended;
	if (draft.ofClaim !== true && draft.subject !== undefined) return mendShownField(mended);
	const effect = draft.ofClaim === true ? EFFECTS[draft.observed] : undefined;
	if (effect === undefined) return noWords(mended);
	const said = (operation.description ?? "").trim();
	const sentence = `In fact it ${draft.means ?? effect.does}.`;
	return overlay(...withoutDeclared(mended), {
		target: at(mended, operation.source),
		update: {
			// The sentence that was there stays: which of the two is to go, people decide.
			description: said === "" ? sentence : `${said}\n\n${sentence}`,
			"x-holdfast": { effect: effect.word },
		},
	});
}

/** An effect that is declared with more than a word is taken away first: an overlay merges, and does not replace. */
function withoutDeclared(mended: Mended): readonly OverlayAction[] {
	const { extension, source } = mended.operation;
	const declared = isObject(extension as Value | undefined) ? (extension as { effect?: unknown }).effect : undefined;
	if (declared === undefined || typeof declared === "string") return [];
	return [{ target: at(mended, source, "x-holdfast", "effect"), remove: true }];
}

/** A field that is not stored as it was sent: what the service does with it is declared at its schema. */
function mendShownField(mended: Mended): Mending {
	const { documented, observed, source } = mended.draft;
	const target = at(mended, source);
	if (observed === "unchanged from before") return overlay({ target, update: { "x-holdfast": { immutable: true } } });
	if (observed === "shown") return overlay({ target: at(mended, source, "writeOnly"), remove: true });
	if (documented.endsWith(" when it is not sent")) {
		const value = parseJson(observed);
		return value === undefined ? noWords(mended) : overlay({ target, update: { default: value } });
	}
	return overlay({ target, update: { "x-holdfast": { generated: "volatile" } } });
}

function parseJson(text: string): Json | undefined {
	try {
		return JSON.parse(text) as Json;
	} catch {
		return undefined;
	}
}

/** A refusal that never comes is taken out of the responses, where no other guard speaks with its status. */
function mendGuard(mended: Mended): Mending {
	const { draft, operation, model } = mended;
	const [said = ""] = /^\d{3}(?: or \d{3})*/.exec(draft.documented) ?? [];
	const documented = said.split(" or ").filter((status) => operation.responses.some((one) => one.status === status));
	if (draft.observed !== "not enforced" || documented.length === 0) return noWords(mended);
	const { guards } = behaviourOf(model, operation.id);
	const speaking = guards.filter(({ statuses }) => statuses.some((status) => documented.includes(status)));
	const declared = speaking.flatMap(({ evidence }) => evidence).find(({ kind }) => kind === "overlay");
	if (declared !== undefined) return none(`it is declared: take ${declared.text} out where it stands`);
	if (speaking.length > 1) return none(`other refusals of the operation are documented as ${said} as well`);
	return overlay(
		...documented.map((status) => ({
			target: at(mended, operation.source, "responses", status),
			remove: true as const,
		})),
	);
}

function mendSecurity(mended: Mended): Mending {
	const { draft, operation } = mended;
	if (draft.observed !== "not enforced") return none("a credential that is compared badly is a bug of the service");
	// An overlay joins lists: what is there goes first. That a target matches nothing is no mistake (Overlay 1.0).
	return overlay(
		{ target: at(mended, operation.source, "security"), remove: true },
		{ target: at(mended, operation.source), update: { security: [] } },
	);
}

function mendStatus(mended: Mended): Mending {
	const { draft, operation } = mended;
	const description = `Answered by the service, and not documented before.`;
	return overlay({
		target: at(mended, operation.source),
		update: { responses: { [draft.observed]: { description } } },
	});
}

function responseOf({ draft, operation }: Mended): Response | undefined {
	const [, status = ""] = / of (\d{3})$/.exec(draft.subject ?? "") ?? [];
	const family = `${status[0] ?? ""}XX`;
	return [status, family, "default"]
		.map((name) => operation.responses.find((response) => response.status === name))
		.find((response) => response !== undefined);
}

function mendMediaType(mended: Mended): Mending {
	const { observed } = mended.draft;
	const response = responseOf(mended);
	if (response === undefined || !observed.includes("/")) return none("without a media type nothing can be documented");
	return overlay({ target: at(mended, response.source), update: { content: { [observed]: {} } } });
}

function mendHeader(mended: Mended): Mending {
	const [, name = ""] = /^header (\S+) of /.exec(mended.draft.subject ?? "") ?? [];
	const response = responseOf(mended);
	const header = response?.headers.find((one) => one.name === name);
	if (response === undefined || header === undefined) return noWords(mended);
	if (mended.draft.observed === "missing") {
		return overlay({ target: at(mended, response.source, "headers", name), update: { required: false } });
	}
	return overlay({ target: at(mended, response.source, "headers", name, "schema"), remove: true });
}

function mendField(mended: Mended): Mending {
	const { shape } = mended.draft;
	if (shape === undefined) return noWords(mended);
	const target = mended.path(shape.source) ?? ELSEWHERE;
	return overlay({ target, update: { properties: { [shape.name]: {} } } });
}

function mendRequiredHeader(mended: Mended): Mending {
	return overlay({ target: at(mended, mended.draft.source), update: { required: false } });
}

function mendMethod(mended: Mended): Mending {
	const { draft, operation } = mended;
	const [, method = ""] = /^([A-Z]+) is refused$/.exec(draft.documented) ?? [];
	const [, status = ""] = /^status (\d{3})$/.exec(draft.observed) ?? [];
	if (method === "" || status === "") return noWords(mended);
	const pointer = operation.source.pointer.slice(0, operation.source.pointer.lastIndexOf("/"));
	const description = "Answered by the service, and not documented before.";
	return overlay({
		target: at(mended, { ...operation.source, pointer }),
		update: {
			[method.toLowerCase()]: { responses: { [status]: { description } }, "x-holdfast": { effect: "opaque" } },
		},
	});
}

function mendExample(mended: Mended): Mending {
	return overlay({ target: at(mended, mended.draft.source), remove: true });
}

function withoutQuery(mended: Mended, name: "sort" | "pager"): Mending {
	return overlay({ target: at(mended, mended.operation.source), update: { "x-holdfast": { [name]: false } } });
}

import type { Parameter } from "../../contract/contract.ts";
import type { Evidence } from "../evidence.ts";

/** Names of the parameters of 7,716 lists, without case and separators; the most frequent first. */
export const TOKEN: RegExp = /^(?:page|next|continuation|sync)?token$|^continue$|^continuation$|^marker$/;
export const CURSOR: RegExp =
	/^(?:page)?cursor$|^(?:page)?(?:after|before)$|^(?:starting|ending)(?:after|before)$|^lastid$|^sinceid$/;
export const PAGE: RegExp = /^page(?:number|no|num|index)?$/;
export const OFFSET: RegExp = /^(?:page)?offset$|^skip$|^start(?:index|at)?$|^first(?:result|item)?$/;
export const LIMIT: RegExp =
	/^(?:page)?limit$|^(?:page|per|batch)?(?:page|size)$|^perpage$|^pagesize$|^itemsperpage$|^count$|^top$|^take$|^max(?:results|items)?$|^num(?:results)?$/;
export const SORT: RegExp = /^sort(?:by|order|dir(?:ection)?|field)?$|^order(?:by|direction)?$|^direction$/;
export const SEARCH: RegExp = /^(?:search|q|query|keywords?|text|term|searchterm)$/;

/** `page[size]` → `pagesize`, `$top` → `top`. */
export function plain(name: string): string {
	return name.toLowerCase().replaceAll(/[^a-z]/g, "");
}

/** Fields that tell when an item was made, the most telling first. */
export const CREATED: RegExp =
	/^(?:created(?:at|on|date|time)?|date(?:created|added)|inserted(?:at|on)?|added(?:at|on)?|timestamp)$/;

/** The first sentence of a parameter where it speaks of what it is for, else that its schema limits it, else its name. */
export function evidenceOf({ name, description, schema, source }: Parameter, about: RegExp): Evidence {
	const text = description?.split(/(?<=[.!?])\s/)[0];
	if (text !== undefined && about.test(text)) return { kind: "words", text, source };
	const node = typeof schema?.node === "object" ? schema.node : {};
	const isLimited = ["default", "minimum", "maximum", "enum", "const"].some((keyword) => Object.hasOwn(node, keyword));
	return isLimited
		? { kind: "schema", text: `a parameter called ${name}, with its limits`, source }
		: { kind: "convention", text: `a parameter called ${name}`, source };
}

import { isServerValue, type ServerValue, serverValue, type Value } from "../value.ts";

/**
 * A cursor is the server's own: whoever plans names it by what it stands for, whoever serves writes it so that nobody is
 * tempted to read it. It stands for a place in one order, and for nothing certain once something was written.
 *
 * @param tag names the call whose answer said it
 */
export function cursorAt(from: number, version: number, tag: string): ServerValue {
	return serverValue("stable", `cursor ${from} of ${version}#${tag}.next`);
}

/** How many items stand before what a cursor points to; undefined when it is none of ours, or one of other times. */
export function readCursor(value: Value, version: number): number | undefined {
	if (isServerValue(value)) {
		const [, from, of] = /^cursor (\d+) of (\d+)#/.exec(value.name) ?? [];
		return Number(of) === version ? Number(from) : undefined;
	}
	if (typeof value !== "string") return undefined;
	const [, from] = /^p(\d{1,15})$/.exec(Buffer.from(value, "base64url").toString("latin1")) ?? [];
	return from === undefined ? undefined : Number(from);
}

/** What is sent for a cursor; undefined for every other symbol. */
export function cursorText({ name }: ServerValue): string | undefined {
	const [, from] = /^cursor (\d+) of /.exec(name) ?? [];
	return from === undefined ? undefined : Buffer.from(`p${from}`, "latin1").toString("base64url");
}

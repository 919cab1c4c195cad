import { randomBytes } from "node:crypto";
import type { Sql } from "../database/database.ts";

/** Where something is done, and when. */
export interface Scope {
	readonly sql: Sql;
	readonly now: Date;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const ID_LENGTH = 22;

/**
 * An id that was never given out before: 130 random bits behind a word that tells what it names.
 *
 * @example newId("user") // "user_4Qm8vT2xKc71pZt0Rb9LwA"
 */
export function newId(word: string): string {
	let letters = "";
	while (letters.length < ID_LENGTH) {
		// Bytes beyond a multiple of 62 would make the first letters likelier.
		for (const byte of randomBytes(ID_LENGTH)) if (byte < 248) letters += ALPHABET[byte % 62];
	}
	return `${word}_${letters.slice(0, ID_LENGTH)}`;
}

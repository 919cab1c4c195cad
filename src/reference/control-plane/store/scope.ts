import { randomBytes, randomUUID } from "node:crypto";
import type { Sql } from "../../database/database.ts";

/** For whom something is done, and where: one tenant, in one transaction, at one moment. */
export interface Scope {
	readonly sql: Sql;
	readonly tenant: string;
	readonly actor: Actor;
	readonly now: Date;
	/** Tells that something waits to be delivered once the transaction is there. */
	readonly emitted: () => void;
}

/** Who does it, as the audit log shows it. */
export interface Actor {
	readonly type: "token" | "user" | "system";
	readonly id: string;
	readonly ip: string;
}

/** An id that was never given out before. */
export function newId(): string {
	return randomUUID();
}

const SECRET_BYTES = 24;

/** A secret of 192 bits behind a word that tells what it opens. */
export function newSecret(word: string): string {
	return `${word}_${randomBytes(SECRET_BYTES).toString("base64url")}`;
}

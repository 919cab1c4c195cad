import type { Mask } from "../http/mask.ts";
import type { Call } from "../model/call.ts";
import { MAIN } from "../model/identity.ts";
import type { Renew } from "./callers.ts";
import type { Keyring } from "./keyring.ts";
import type { Turn } from "./session.ts";

/** The credentials of a run, and another for the one that the service takes no longer. */
export interface Renewing {
	readonly keyring: () => Keyring;
	/** Whether a right credential was refused, and another has been got by logging in again. */
	isRenewed(turn: Turn, mask: Mask): Promise<boolean>;
	/** What became of the call with the other credential. */
	note(turn: Turn): void;
}

/** A credential that is new and refused as well says that it is not its age: nobody logs in again and again for that. */
const FUTILE_MAX = 3;

export function createRenewing({
	keyring: first,
	renew,
}: {
	readonly keyring: Keyring;
	readonly renew?: Renew;
}): Renewing {
	let keyring = first;
	let futile = 0;
	return {
		keyring: () => keyring,
		isRenewed: async ({ call, answer }, mask) => {
			const caller = callerOf(call);
			if (renew === undefined || answer?.status !== 401 || caller === undefined || futile >= FUTILE_MAX) return false;
			const renewed = await renew(caller);
			if (renewed === undefined) return false;
			keyring = renewed;
			for (const { value, label } of renewed.secrets) mask.addSecret(value, label);
			return true;
		},
		note: ({ answer }) => {
			futile = answer?.status === 401 ? futile + 1 : 0;
		},
	};
}

/** Who calls with a right credential; undefined where none is sent, or one that must be refused. */
function callerOf({ credentials }: Call): string | undefined {
	const sent = Object.values(credentials);
	const right = sent.find((one) => one.kind === "right");
	return right === undefined || sent.some(({ kind }) => kind !== "right") ? undefined : (right.as ?? MAIN);
}

import type { Operation } from "../../../src/contract/contract.ts";
import { isJsonName } from "../wire.ts";
import type { Asker } from "./ask.ts";
import { type Difference, describe, differences, isMap, itemIn } from "./shown.ts";

interface Reading {
	readonly sent: unknown;
	readonly answer: unknown;
	readonly key: unknown;
}

/** What was sent and is shown otherwise, although the document lets the answer show it as it was sent. */
export function untrue(asker: Asker, get: Operation, { sent, answer, key }: Reading): readonly string[] {
	const [media] = get.responses
		.filter(({ status }) => status.startsWith("2"))
		.flatMap(({ content }) => content.filter(({ name }) => isJsonName(name)));
	return differences(sent, itemIn(answer, key))
		.filter(({ at }) => !SECRET.test(at.at(-1) ?? ""))
		.filter((difference) => {
			const [name = ""] = difference.at;
			const whole = isMap(sent) ? { at: [name], sent: sent[name], shown: undefined } : difference;
			const ways = [difference, whole].map((one) => withShown(answer, key, one));
			return ways.some((changed) => asker.judgeAnswer(media?.schema, changed) === undefined);
		})
		.map(describe);
}

/** What nobody shows as it was sent, whatever the document lets an answer carry. */
const SECRET = /pass(?:word|phrase|code)|secret|cvv|pin$/i;

/** The answer with a member of the item as it was sent. */
function withShown(answer: unknown, key: unknown, { at, sent }: Difference): unknown {
	const changed = structuredClone(answer);
	let holder: unknown = itemIn(changed, key);
	for (const name of at.slice(0, -1)) holder = isMap(holder) ? holder[name] : undefined;
	if (isMap(holder)) Object.assign(holder, { [at.at(-1) as string]: sent });
	return changed;
}

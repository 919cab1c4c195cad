import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Rehearsal } from "./rehearsal.ts";
import { type Replayed, replayWithDredd } from "./replay.ts";

/** A service that Dredd replays the documented answers against. */
export interface ReplaySubject {
	readonly name: string;
	start(): Promise<{ readonly url: string; close(): Promise<void> }>;
}

/**
 * Tests: every documented answer is answered as its example shows; what is not sent is listed with its reason, and
 * nothing is listed in vain.
 *
 * @param about document of the API, and the URL of the module that exports its `rehearsal`
 */
export function describeReplay(
	subject: ReplaySubject,
	about: { readonly document: string; readonly rehearsal: URL },
): void {
	describe(`${subject.name}, by Dredd`, () => {
		let service: Awaited<ReturnType<ReplaySubject["start"]>>;
		let replayed: readonly Replayed[];
		let rehearsal: Rehearsal;
		beforeAll(async () => {
			({ rehearsal } = await import(about.rehearsal.href));
			service = await subject.start();
			replayed = await replayWithDredd({ ...about, url: service.url });
		});
		afterAll(() => service.close());

		test("gives every documented answer that can be provoked", () => {
			expect(replayed.filter(({ outcome }) => outcome === "failed")).toEqual([]);
			const sent = new Set(replayed.filter(({ outcome }) => outcome === "passed").map(({ answer }) => answer));
			expect(Object.keys(rehearsal.steps).filter((answer) => !sent.has(answer))).toEqual([]);
		});

		test("is asked for every answer that has no reason against it", () => {
			const { unprovoked } = rehearsal;
			const left = replayed.filter(({ outcome }) => outcome === "not sent").map(({ answer }) => answer);
			const reasonOf = (answer: string): string | undefined =>
				[answer, answer.slice(-"999".length)].find((key) => Object.hasOwn(unprovoked, key));
			expect(left.filter((answer) => reasonOf(answer) === undefined)).toEqual([]);
			expect(new Set(left.map(reasonOf))).toEqual(new Set(Object.keys(unprovoked)));
		});
	});
}

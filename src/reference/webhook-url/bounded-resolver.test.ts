import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { boundedResolver, type Resolve } from "./bounded-resolver.ts";

const LIMITS = { timeoutMs: 300, cacheMs: 60_000, namesMax: 2, clock: () => Date.now() };
const never: Resolve = () => new Promise(() => {});

describe("the bounded resolver", () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	/** Gives a lookup so much time, and tells what came of it. */
	const give = async (ms: number, looking: Promise<readonly string[]>): Promise<readonly string[] | "waiting"> => {
		const waiting = vi.advanceTimersByTimeAsync(ms).then(() => "waiting" as const);
		return Promise.race([looking, waiting]);
	};

	test("gives up after 300 ms, and not before", async () => {
		const resolve = boundedResolver(never, LIMITS);
		const looking = resolve("slow.test");
		expect(await give(299, looking)).toBe("waiting");
		expect(await give(1, looking)).toEqual([]);
	});

	test("takes a failure for a name that does not resolve", async () => {
		const resolve = boundedResolver(() => Promise.reject(new Error("ENOTFOUND")), LIMITS);
		expect(await resolve("gone.test")).toEqual([]);
	});

	test("asks once for a name that is under way", async () => {
		const lookup = vi.fn(async () => ["192.0.2.1"]);
		const resolve = boundedResolver(lookup, LIMITS);
		expect(await Promise.all([resolve("a.test"), resolve("a.test")])).toEqual([["192.0.2.1"], ["192.0.2.1"]]);
		expect(lookup).toHaveBeenCalledTimes(1);
	});

	test("believes an answer for a minute", async () => {
		const lookup = vi.fn(async () => ["192.0.2.1"]);
		const resolve = boundedResolver(lookup, LIMITS);
		await resolve("a.test");
		await vi.advanceTimersByTimeAsync(59_999);
		await resolve("a.test");
		expect(lookup).toHaveBeenCalledTimes(1);
		await vi.advanceTimersByTimeAsync(1);
		await resolve("a.test");
		expect(lookup).toHaveBeenCalledTimes(2);
	});

	test("keeps an answer that came too late for its caller", async () => {
		const lookup: Resolve = () => new Promise((resolve) => setTimeout(() => resolve(["10.0.0.1"]), 500));
		const resolve = boundedResolver(lookup, LIMITS);
		expect(await give(300, resolve("slow.test"))).toEqual([]);
		await vi.advanceTimersByTimeAsync(200);
		expect(await resolve("slow.test")).toEqual(["10.0.0.1"]);
	});

	test("forgets the oldest name when it knows enough", async () => {
		const lookup = vi.fn(async () => ["192.0.2.1"]);
		const resolve = boundedResolver(lookup, LIMITS);
		for (const host of ["a.test", "b.test", "c.test", "c.test", "a.test"]) await resolve(host);
		expect(lookup.mock.calls.flat()).toEqual(["a.test", "b.test", "c.test", "a.test"]);
	});

	test("asks for no further name while enough are under way", async () => {
		const lookup = vi.fn(never);
		const resolve = boundedResolver(lookup, LIMITS);
		void resolve("a.test");
		void resolve("b.test");
		expect(await resolve("c.test")).toEqual([]);
		expect(lookup).toHaveBeenCalledTimes(2);
	});
});

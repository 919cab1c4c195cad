import { expect, test } from "vitest";
import { createClock } from "./clock.ts";

test("a clock goes with the machine, stands, jumps, and goes on from where it stands", () => {
	let machine = 1_000;
	const clock = createClock(() => machine);
	const seen: number[] = [];
	const look = (): void => void seen.push(clock.now());
	look();
	clock.advance(60_000);
	look();
	clock.freeze();
	machine += 500;
	look();
	clock.advance(10);
	look();
	clock.run();
	machine += 5;
	look();
	clock.freeze(7);
	look();
	expect(clock.isFrozen()).toBe(true);
	clock.reset();
	look();
	expect(seen).toEqual([1_000, 61_000, 61_000, 61_010, 61_015, 7, 1_505]);
	expect(clock.isFrozen()).toBe(false);
});

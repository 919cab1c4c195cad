import { createRequire } from "node:module";
import type { Faker } from "@faker-js/faker";
import type { Random } from "./random.ts";

/** Kept out of the start-up: reading the locale takes 40 ms, and most commands need no names of people. */
let loaded: Faker | undefined;

/** The library of real-looking words, seeded by a stream. Only what reaches nobody may be taken from it. */
export function fakerOf(random: Random): Faker {
	if (loaded === undefined) {
		const load = createRequire(import.meta.url);
		loaded = (load("@faker-js/faker/locale/en") as { readonly faker: Faker }).faker;
	}
	loaded.seed(random.seed());
	return loaded;
}

import { createRequire } from "node:module";
import type { Faker, Randomizer } from "@faker-js/faker";
import { createRandom, type Random } from "./random.ts";

/** Kept out of the start-up: reading the locale takes 40 ms, and most commands need no names of people. */
let loaded: Faker | undefined;
let current: Random = createRandom("");

/** Seeding the library's own generator takes longer than what is then taken from it. */
const randomizer: Randomizer = { next: () => current.next(), seed: () => undefined };

/** The library of real-looking words, fed by a stream. Only what reaches nobody may be taken from it. */
export function fakerOf(random: Random): Faker {
	current = random;
	if (loaded === undefined) {
		const load = createRequire(import.meta.url);
		const { faker } = load("@faker-js/faker/locale/en") as { readonly faker: Faker };
		// The class is taken from the instance: the module that exports it reads every locale.
		const Class = faker.constructor as typeof Faker;
		loaded = new Class({ locale: faker.rawDefinitions, randomizer });
	}
	return loaded;
}

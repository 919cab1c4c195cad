import { beforeAll, expect, test } from "vitest";
import type { Call } from "../call.ts";
import type { Model } from "../model.ts";
import { PET_STORE, rivalsNamed, STEP_STORE, sampleCall, sampleModel, told, untold } from "../sample-model.ts";
import { separates } from "../simulate.ts";
import { emptyState } from "../state.ts";
import { serverValue } from "../value.ts";

let steps: Model;
let pets: Model;
beforeAll(async () => {
	steps = await sampleModel(STEP_STORE);
	pets = await sampleModel({ ...PET_STORE, "DELETE /pets": { id: "clearPets", answers: { 204: null } } });
});

const clear = sampleCall("clearSteps");
const list = sampleCall("listSteps");
const fill = sampleCall("appendSteps", {}, { body: ["a", "b"] });

test("nothing is left", () => {
	expect(told(steps, [fill, clear, list]).at(-1)).toBe("200 []");
});

test.each(["ignore", "removes one"])("on a list, %s is told from the claim, also when it lies", (name) => {
	const rivals = rivalsNamed(steps, "clearSteps").get(name) ?? [];
	expect(rivals).toHaveLength(2);
	expect(untold(steps, rivals, [fill, clear, list])).toEqual([]);
});

const pet = (tag: string): Call => sampleCall("createPet", {}, { body: { name: "Rex" }, tag });
const key = serverValue("unique", "pets#c0");
const toy = sampleCall("createToy", { petId: key }, { body: { label: "ball" }, tag: "c1" });

test("items go with what lives inside them", () => {
	const calls = [
		pet("c0"),
		toy,
		sampleCall("clearPets"),
		sampleCall("listPets"),
		sampleCall("listToys", { petId: key }),
	];
	expect(told(pets, calls).slice(2)).toEqual(["204", "200 []", "404"]);
});

test("on a live service, among others' items, it shows that ours are gone", () => {
	const calls = [pet("c0"), sampleCall("clearPets"), sampleCall("listPets")];
	const [rival] = rivalsNamed(pets, "clearPets").get("ignore") ?? [];
	expect(rival !== undefined && separates(pets, rival.inject(pets), calls, emptyState(true))).toBe(true);
});

import { expect, test } from "vitest";
import { PETS, sampleMock } from "../sample-mock.ts";

const REX = "8f7c2a52-6f0c-4d9e-9a51-0a4a3c1f2b3d";

test("an id that nobody made exists for who wants it so, until it is taken away", async () => {
	const { send } = await sampleMock(PETS, { unknown: "conjure" });
	const pet = await send("GET", `/pets/${REX}`);
	expect(pet).toMatchObject({ status: 200, body: { id: REX, name: expect.any(String) } });
	expect((await send("GET", `/pets/${REX}`)).body).toEqual(pet.body);
	expect((await send("PATCH", `/pets/${REX}`, { name: "Rex" })).body).toMatchObject({ name: "Rex" });
	expect((await send("DELETE", `/pets/${REX}`)).status).toBe(204);
	expect((await send("GET", `/pets/${REX}`)).status).toBe(404);
});

test("a parent that nobody made exists too", async () => {
	const { send } = await sampleMock(PETS, { unknown: "conjure" });
	expect(await send("PUT", `/pets/${REX}/toys`, ["ball"])).toMatchObject({ status: 200, body: ["ball"] });
	expect((await send("GET", `/pets/${REX}`)).status).toBe(200);
});

test("an id that breaks its own rules does not exist for anybody", async () => {
	const { send } = await sampleMock(PETS, { unknown: "conjure" });
	expect((await send("GET", "/pets/nobody")).status).toBe(404);
});

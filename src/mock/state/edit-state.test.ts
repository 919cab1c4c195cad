import { describe, expect, test } from "vitest";
import { PETS, sampleMock } from "../sample-mock.ts";
import { compareSnapshots } from "./snapshot.ts";

const REX = "8f7c2a52-6f0c-4d9e-9a51-0a4a3c1f2b3d";

describe("the state of a mock", () => {
	test("is what requests see, and the other way round", async () => {
		const { mock, send } = await sampleMock(PETS);
		mock.state.set(`pets/${REX}`, { name: "Rex", status: "sold" });
		expect((await send("GET", `/pets/${REX}`)).body).toMatchObject({ id: REX, name: "Rex", status: "sold" });
		mock.state.set(`pets/${REX}/toys`, ["ball", "bone"]);
		expect((await send("GET", `/pets/${REX}/toys`)).body).toEqual(["ball", "bone"]);
		await send("PATCH", `/pets/${REX}`, { name: "Max" });
		expect(mock.state.get(`pets/${REX}`)).toMatchObject({ id: REX, name: "Max" });
		expect(mock.state.get("pets")).toHaveLength(1);
		expect(mock.state.all()).toMatchObject({ pets: [{ name: "Max" }], settings: [{ theme: "dark", page_size: 50 }] });
		expect(mock.state.remove(`pets/${REX}`)).toBe(true);
		expect(mock.state.remove(`pets/${REX}`)).toBe(false);
		expect((await send("GET", `/pets/${REX}/toys`)).status).toBe(404);
	});

	test("takes all items at once, and makes what only the server knows", async () => {
		const { mock, send } = await sampleMock(PETS);
		await send("POST", "/pets", { name: "Old" });
		mock.state.set("pets", [
			{ name: "One", status: "sold" },
			{ name: "Two", status: "sold" },
		]);
		const { body } = await send("GET", "/pets");
		expect(body).toMatchObject({ total: 2, data: [{ name: "One" }, { name: "Two" }] });
		mock.state.set("settings", { theme: "light" });
		expect((await send("GET", "/settings")).body).toEqual({ theme: "light" });
	});

	test("keeps the id and the times of an item that is set anew", async () => {
		const { mock, send } = await sampleMock(PETS);
		const { id, created_at } = (await send("POST", "/pets", { name: "Rex" })).body as {
			id: string;
			created_at: string;
		};
		mock.state.set(`pets/${id}`, { name: "Max", status: "sold" });
		expect((await send("GET", `/pets/${id}`)).body).toMatchObject({ id, created_at, name: "Max" });
	});

	test.each([
		["petz", {}, /no resource is called "petz"; did you mean "pets"\?/],
		["pets/x/toys", [], /pets has no item "x"/],
		[`pets/${REX}`, { name: "", sttus: 1 }, /name must be at least 1 character long\npets have no field "sttus"/],
		[`pets/${REX}`, [], /an item of pets is an object/],
		["pets", {}, /pets is a list/],
		["", {}, /names no resource; there are pets/],
		["pets/%", {}, /not percent-encoded/],
	])("%j = %j is one clear message", async (path, value, message) => {
		const { mock } = await sampleMock(PETS);
		expect(() => mock.state.set(path, value)).toThrow(message);
	});
});

describe("a snapshot", () => {
	test("is what a mock goes back to", async () => {
		const { mock, send } = await sampleMock(PETS);
		const { id } = (await send("POST", "/pets", { name: "Rex" })).body as { id: string };
		const before = mock.snapshot();
		await send("PUT", `/pets/${id}/toys`, ["ball"]);
		await send("PATCH", `/pets/${id}`, { name: "Max" });
		const { id: other } = (await send("POST", "/pets", { name: "New" })).body as { id: string };
		const after = mock.snapshot();
		expect(compareSnapshots(before, after)).toMatchObject([
			{ path: `pets/${id}`, kind: "changed", before: { name: "Rex" }, after: { name: "Max" } },
			{ path: `pets/${other}`, kind: "added", after: { name: "New" } },
			{ path: `pets/${id}/toys/ball`, kind: "added", after: "ball" },
		]);
		mock.restore(before);
		expect(compareSnapshots(before, mock.snapshot())).toEqual([]);
		expect((await send("GET", `/pets/${id}/toys`)).body).toEqual([]);
		expect((await send("GET", "/pets")).body).toMatchObject({ total: 1, data: [{ name: "Rex" }] });
		mock.restore(after);
		expect(JSON.parse(JSON.stringify(mock.snapshot()))).toMatchObject({ [`pets/${id}/toys`]: ["ball"] });
	});

	test("of the start is what a reset goes back to, whatever was looked at first", async () => {
		const { mock, send } = await sampleMock(PETS);
		const breeds = (await send("GET", "/breeds")).body;
		const first = (await send("POST", "/pets", { name: "Rex" })).body;
		await send("PATCH", "/settings", { theme: "light" });
		mock.reset();
		expect((await send("GET", "/settings")).body).toEqual({ theme: "dark", page_size: 50 });
		expect((await send("GET", "/pets")).body).toMatchObject({ total: 0 });
		expect((await send("GET", "/breeds")).body).toEqual(breeds);
		expect((await send("POST", "/pets", { name: "Rex" })).body).toMatchObject({ id: (first as { id: string }).id });
	});

	test("of another mock is refused", async () => {
		const [one, other] = await Promise.all([sampleMock(PETS), sampleMock(PETS)]);
		expect(() => one.mock.restore(other.mock.snapshot())).toThrow();
	});
});

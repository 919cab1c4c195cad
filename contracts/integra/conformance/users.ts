import { expect, test } from "vitest";
import type { Without } from "../conformance.ts";
import type { IntegraClient } from "../integra-client.ts";
import { CONFLICT, field, INVALID, type Item, itemsOf, MISSING, NOBODY, newUser, unique } from "../stories.ts";

export function testUsers(api: () => IntegraClient, without: Without): void {
	const person = (): { email: string; name: string } => ({
		email: `${unique("olive")}@example.com`,
		name: "Olive Kelp",
	});

	test("are made active, and shown as they were made", async () => {
		const sent = person();
		const made = await api().post("/users", sent);
		expect(made).toMatchObject({ status: 201, body: { ...sent, status: "active" } });
		const { body } = await api().get(`/users/${field(made, "id")}`);
		expect(body).toEqual(made.body);
	});

	test("change in what is sent, and in nothing else", async () => {
		const sent = person();
		const id = await newUser(api(), sent);
		const suspended = await api().patch(`/users/${id}`, { status: "suspended" });
		expect(suspended).toMatchObject({ status: 200, body: { ...sent, status: "suspended" } });
		const renamed = await api().patch(`/users/${id}`, { name: "Olive Wrack" });
		expect(renamed).toMatchObject({ body: { email: sent.email, name: "Olive Wrack", status: "suspended" } });
		expect((await api().get(`/users/${id}`)).body).toMatchObject({ name: "Olive Wrack", status: "suspended" });
		expect((await api().patch(`/users/${id}`, {})).body).toMatchObject({ name: "Olive Wrack", status: "suspended" });
	});

	test("are gone when they are deleted", async () => {
		const id = await newUser(api());
		expect((await api().remove(`/users/${id}`)).status).toBe(204);
		expect(await api().get(`/users/${id}`)).toMatchObject(MISSING);
		expect(await api().remove(`/users/${id}`)).toMatchObject(MISSING);
	});

	test("have an email of their own, whatever its case", async () => {
		const sent = person();
		const first = await newUser(api(), sent);
		expect(await api().post("/users", sent)).toMatchObject(CONFLICT);
		expect(await api().post("/users", { ...sent, email: sent.email.toUpperCase() })).toMatchObject(CONFLICT);
		const second = await newUser(api());
		expect(await api().patch(`/users/${second}`, { email: sent.email })).toMatchObject(CONFLICT);
		expect((await api().patch(`/users/${first}`, { email: sent.email })).status).toBe(200);
		await api().remove(`/users/${first}`);
		expect((await api().post("/users", sent)).status).toBe(201);
	});

	test.skipIf(without["filters without case"] !== undefined)("are found by email and status", async () => {
		const sent = person();
		const id = await newUser(api(), sent);
		const found = `/users?email=${encodeURIComponent(sent.email.toUpperCase())}`;
		expect((await itemsOf(api(), found)).map((user) => user.id)).toEqual([id]);
		expect(await itemsOf(api(), `${found}&status=suspended`)).toEqual([]);
		await api().patch(`/users/${id}`, { status: "suspended" });
		expect(await itemsOf(api(), `${found}&status=suspended`)).toHaveLength(1);
		expect(await itemsOf(api(), `/users?email=${sent.email.slice(0, -1)}`)).toEqual([]);
	});

	test.each([
		{},
		{ email: "olive@example.com" },
		{ name: "Olive" },
		{ email: "olive", name: "Olive" },
		{ email: "olive@example.com", name: "" },
		{ email: "olive@example.com", name: "x".repeat(101) },
		{ email: "olive@example.com", name: "two\nlines" },
		{ email: "olive@example.com", name: 7 },
		{ email: "olive@example.com", name: "Olive", status: "suspended" },
	])("refuse %j", async (body) => {
		expect(await api().post("/users", body)).toMatchObject(INVALID);
	});

	test("are 404 where there are none", async () => {
		expect(await api().get(`/users/${NOBODY.user}`)).toMatchObject(MISSING);
		expect(await api().patch(`/users/${NOBODY.user}`, { name: "x" })).toMatchObject(MISSING);
		expect(await api().remove(`/users/${NOBODY.user}`)).toMatchObject(MISSING);
	});
}

export function testBatch(api: () => IntegraClient, { batches }: Without): void {
	const person = (): { email: string; name: string } => ({ email: `${unique("many")}@example.com`, name: "Many" });

	test.skipIf(batches !== undefined)("make all of the users, in the order in which they were sent", async () => {
		const users = [person(), person(), person()];
		const made = await api().post("/batch/create-users", { users });
		expect(made.status).toBe(201);
		expect((made.body as { readonly users: readonly Item[] }).users).toMatchObject(users);
		for (const { email } of users) expect(await itemsOf(api(), `/users?email=${email}`)).toHaveLength(1);
	});

	test.skipIf(batches !== undefined)("make none when one cannot be made", async () => {
		const [first, second] = [person(), person()];
		await newUser(api(), second);
		expect(await api().post("/batch/create-users", { users: [first, second] })).toMatchObject(CONFLICT);
		expect(await api().post("/batch/create-users", { users: [first, first] })).toMatchObject(CONFLICT);
		expect(await itemsOf(api(), `/users?email=${first.email}`)).toEqual([]);
	});

	test.each([{}, { users: [] }, { users: [{}] }, { users: Array.from({ length: 101 }, person) }])(
		"refuse what is no batch (%#)",
		async (body) => {
			expect(await api().post("/batch/create-users", body)).toMatchObject(INVALID);
		},
	);
}

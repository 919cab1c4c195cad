import { expect, test } from "vitest";
import type { ControlPlaneClient } from "../control-plane-client.ts";
import { AUDIT, type Item, newOrganization, newProject, newUser, ORGANIZATIONS, PROJECTS, USERS } from "../stories.ts";
import { INVALID } from "./access.ts";

const DAY_MS = 86_400_000;
const day = (offset: number): string => new Date(Date.now() + offset * DAY_MS).toISOString().slice(0, 10);

export function testAudit(api: () => ControlPlaneClient): void {
	const eventsOf = async (query: string): Promise<readonly Item[]> => {
		const { body } = await api().get(`${AUDIT}?limit=100&${query}`);
		return (body as { readonly events: readonly Item[] }).events;
	};

	test("keeps every change, the newest first, and nothing of what only reads", async () => {
		const project = await newProject(api());
		await api().get(`${PROJECTS}/${project}`);
		await api().patch(`${PROJECTS}/${project}`, { name: "Renamed" });
		const events = (await eventsOf("")).filter(({ resource_id }) => resource_id === project);
		expect(events.map(({ action }) => action)).toEqual(["project.updated", "project.created"]);
		expect(events[0]).toMatchObject({ actor_type: "token", resource_type: "project" });
	});

	test("keeps nothing of what is refused", async () => {
		const project = await newProject(api());
		await api().patch(`${PROJECTS}/${project}`, { name: "" });
		await api().patch(`${PROJECTS}/${project}`, { name: "x" }, { as: "viewer" });
		const events = (await eventsOf("")).filter(({ resource_id }) => resource_id === project);
		expect(events.map(({ action }) => action)).toEqual(["project.created"]);
	});

	test("keeps changes of users, members and invitations", async () => {
		const organization = await newOrganization(api());
		const user = await newUser(api(), { organization });
		await api().patch(`${ORGANIZATIONS}/${organization}/members/${user}`, { role: "admin" });
		await api().patch(`${USERS}/${user}`, { status: "suspended" });
		await api().remove(`${USERS}/${user}`);
		const events = (await eventsOf("")).filter(({ resource_id }) => resource_id === user);
		expect(events.map(({ action }) => action)).toEqual([
			"user.deleted",
			"user.updated",
			"member.updated",
			"user.created",
		]);
	});

	test("shows one action when it is asked for", async () => {
		const project = await newProject(api());
		await api().patch(`${PROJECTS}/${project}`, { name: "Renamed" });
		const events = await eventsOf("action=project.updated");
		expect(new Set(events.map(({ action }) => action))).toEqual(new Set(["project.updated"]));
		expect(events[0]).toMatchObject({ resource_id: project });
	});

	test("shows a range of days, both included", async () => {
		const project = await newProject(api());
		const has = async (query: string): Promise<boolean> =>
			(await eventsOf(query)).some(({ resource_id }) => resource_id === project);
		expect(await has(`start_date=${day(0)}&end_date=${day(0)}`)).toBe(true);
		expect(await has(`start_date=${day(-1)}`)).toBe(true);
		expect(await has(`end_date=${day(-1)}`)).toBe(false);
		expect(await has(`start_date=${day(1)}`)).toBe(false);
		expect(await has("start_date=0001-01-01&end_date=9999-12-31")).toBe(true);
		expect(await has(`start_date=${day(1)}&end_date=${day(-1)}`)).toBe(false);
	});

	test.each(["start_date=yesterday", "end_date=2026-02-30", "end_date=2026-1-1", "action=user.vanished", "page=0"])(
		"refuses %s",
		async (query) => {
			expect(await api().get(`${AUDIT}?${query}`)).toMatchObject(INVALID);
		},
	);
}

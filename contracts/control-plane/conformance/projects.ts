import { expect, test } from "vitest";
import type { ControlPlaneClient } from "../control-plane-client.ts";
import { NOBODY, newProject, PROJECTS } from "../stories.ts";
import { INVALID, MISSING } from "./access.ts";

const COMPLETE = {
	name: "Complete",
	settings: { session_minutes: 30, sign_up: false, mfa: "required" },
	origins: ["https://a.example.com", "http://localhost:3000"],
	redirects: ["https://a.example.com/in"],
};

export function testProjects(api: () => ControlPlaneClient): void {
	test("are created with every field", async () => {
		const id = await newProject(api(), COMPLETE);
		expect((await api().get(`${PROJECTS}/${id}`)).body).toMatchObject({ id, ...COMPLETE });
	});

	test("have defaults for what is left out", async () => {
		const id = await newProject(api());
		const settings = { session_minutes: 60, sign_up: true, mfa: "off" };
		expect((await api().get(`${PROJECTS}/${id}`)).body).toMatchObject({ settings, origins: [], redirects: [] });
	});

	test("keep what a patch leaves out", async () => {
		const id = await newProject(api(), COMPLETE);
		const patched = await api().patch(`${PROJECTS}/${id}`, { name: "Renamed" });
		expect(patched).toMatchObject({ status: 200, body: { ...COMPLETE, name: "Renamed" } });
		expect((await api().get(`${PROJECTS}/${id}`)).body).toMatchObject({ ...COMPLETE, name: "Renamed" });
	});

	test("have their origins and redirects replaced as a whole", async () => {
		const id = await newProject(api(), COMPLETE);
		await api().patch(`${PROJECTS}/${id}`, { origins: ["https://b.example.com"], redirects: [] });
		const { body } = await api().get(`${PROJECTS}/${id}`);
		expect(body).toMatchObject({ ...COMPLETE, origins: ["https://b.example.com"], redirects: [] });
	});

	test("keep the settings that a patch leaves out", async () => {
		const id = await newProject(api(), COMPLETE);
		await api().patch(`${PROJECTS}/${id}`, { settings: { mfa: "optional" } });
		const { body } = await api().get(`${PROJECTS}/${id}`);
		expect(body).toMatchObject({ settings: { ...COMPLETE.settings, mfa: "optional" } });
	});

	test("stay as they are when an empty patch comes", async () => {
		const id = await newProject(api(), COMPLETE);
		expect((await api().patch(`${PROJECTS}/${id}`, {})).status).toBe(200);
		expect((await api().get(`${PROJECTS}/${id}`)).body).toMatchObject(COMPLETE);
	});

	test("are 404 when nobody made them", async () => {
		expect(await api().get(`${PROJECTS}/${NOBODY}`)).toMatchObject(MISSING);
		expect(await api().patch(`${PROJECTS}/${NOBODY}`, { name: "x" })).toMatchObject(MISSING);
	});

	test("are not changed by a patch that is refused", async () => {
		const id = await newProject(api(), COMPLETE);
		const refused = await api().patch(`${PROJECTS}/${id}`, { name: "Half", settings: { mfa: "always" } });
		expect(refused).toMatchObject(INVALID);
		expect((await api().get(`${PROJECTS}/${id}`)).body).toMatchObject(COMPLETE);
	});
}

export function testProjectValues(api: () => ControlPlaneClient): void {
	test.each([
		["a name of one character", { name: "n" }],
		["a name of 100 characters", { name: "n".repeat(100) }],
		["a name beyond ASCII", { name: "Büro 東京 🦑" }],
		["a name like SQL", { name: "'; drop table projects; --" }],
		["the shortest session", { settings: { session_minutes: 5 } }],
		["the longest session", { settings: { session_minutes: 43_200 } }],
		["20 origins", { origins: Array.from({ length: 20 }, (_, index) => `https://o${index}.example.com`) }],
	])("accept %s", async (_title, fields) => {
		const id = await newProject(api(), fields);
		expect((await api().get(`${PROJECTS}/${id}`)).body).toMatchObject(fields);
	});

	test.each([
		["no name", {}],
		["an empty name", { name: "" }],
		["a name of 101 characters", { name: "n".repeat(101) }],
		["a name with a line break", { name: "a\nb" }],
		["a name with a NUL", { name: "a\u0000b" }],
		["a name with half a character", { name: "a\ud800b" }],
		["a name that is a number", { name: 7 }],
		["a name of null", { name: null }],
		["a session of 4 minutes", { name: "x", settings: { session_minutes: 4 } }],
		["a session of 43201 minutes", { name: "x", settings: { session_minutes: 43_201 } }],
		["a session in quotes", { name: "x", settings: { session_minutes: "60" } }],
		["a fraction of a minute", { name: "x", settings: { session_minutes: 5.5 } }],
		["an unknown setting", { name: "x", settings: { colour: "red" } }],
		["settings of null", { name: "x", settings: null }],
		["an origin with a path", { name: "x", origins: ["https://a.example.com/path"] }],
		["an origin twice", { name: "x", origins: ["https://a.example.com", "https://a.example.com"] }],
		["21 origins", { name: "x", origins: Array.from({ length: 21 }, (_, index) => `https://o${index}.example.com`) }],
		["a redirect of another scheme", { name: "x", redirects: ["javascript:alert(1)"] }],
		["redirects that are no list", { name: "x", redirects: "https://a.example.com/" }],
		["an unknown field", { name: "x", nmae: "x" }],
		["a list", []],
		["null", null],
	])("refuse %s", async (_title, body) => {
		const before = (await api().get(`${PROJECTS}?limit=1`)).body;
		expect(await api().post(PROJECTS, body)).toMatchObject(INVALID);
		expect((await api().get(`${PROJECTS}?limit=1`)).body).toEqual(before);
	});

	test("refuse what is not JSON", async () => {
		expect(await api().send("POST", PROJECTS, { text: '{"name":' })).toMatchObject(INVALID);
		expect(await api().send("POST", PROJECTS, { text: "" })).toMatchObject(INVALID);
	});

	test("refuse a body of another media type", async () => {
		const call = { text: "name=x", headers: { "content-type": "application/x-www-form-urlencoded" } };
		expect((await api().send("POST", PROJECTS, call)).status).toBe(415);
	});
}

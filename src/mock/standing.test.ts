import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { sampleMock } from "./sample-mock.ts";

/** The document that the check is tried on as well. */
const WORKSPACE = readFileSync(new URL("../check/fixture/workspace.yaml", import.meta.url), "utf8");

type Item = Readonly<Record<string, unknown>>;

const start = async (): Promise<{
	send: Awaited<ReturnType<typeof sampleMock>>["send"];
	org: string;
	user: string;
}> => {
	const { send } = await sampleMock(WORKSPACE);
	const org = (await send("POST", "/orgs", { name: "Acme" })).body as Item;
	const user = (await send("POST", "/users", { email: "ann-1@example.com" })).body as Item;
	return { send, org: `/orgs/${org.id}`, user: String(user.id) };
};

describe("the mock", () => {
	test("demotes the former signer, and reveals another secret each time", async () => {
		const { send, org } = await start();
		const first = (await send("POST", `${org}/signers/rotate`)).body as Item;
		const second = (await send("POST", `${org}/signers/rotate`)).body as Item;
		expect([first.status, second.status, first.secret === second.secret]).toEqual(["active", "active", false]);
		expect((await send("GET", `${org}/signers`)).body).toEqual([
			{ id: first.id, status: "previous" },
			{ id: second.id, status: "active" },
		]);
	});

	test("renews the secret of a key, and lists a revoked one", async () => {
		const { send, org } = await start();
		const key = (await send("POST", `${org}/keys`, { label: "ci" })).body as Item;
		const renewed = (await send("POST", `${org}/keys/${key.id}/regenerate`)).body as Item;
		expect([renewed.id, renewed.label, renewed.secret === key.secret]).toEqual([key.id, "ci", false]);
		expect((await send("DELETE", `${org}/keys/${key.id}`)).status).toBe(204);
		expect((await send("GET", `${org}/keys`)).body).toEqual([{ id: key.id, label: "ci", status: "revoked" }]);
	});

	test("keeps the last owner", async () => {
		const { send, org, user } = await start();
		const owner = (await send("POST", `${org}/members`, { user_id: user, role: "owner" })).body as Item;
		const place = `${org}/members/${owner.id}`;
		expect((await send("DELETE", place)).status).toBe(409);
		expect((await send("PATCH", place, { role: "reader" })).status).toBe(409);
		await send("POST", `${org}/members`, { user_id: user, role: "owner" });
		expect((await send("DELETE", place)).status).toBe(204);
	});

	test("makes a user and a member of who accepts, once", async () => {
		const { send, org } = await start();
		const invitation = (await send("POST", `${org}/invitations`, { email: "bob-1@example.com", role: "editor" }))
			.body as Item;
		expect(invitation.status).toBe("pending");
		const accept = { token: invitation.token, name: "Bob" };
		const user = (await send("POST", "/invitations/accept", accept)).body as Item;
		expect((await send("GET", `/users/${user.id}`)).status).toBe(200);
		expect((await send("GET", `${org}/members`)).body).toEqual([expect.objectContaining({ user_id: user.id })]);
		expect((await send("GET", `${org}/invitations/${invitation.id}`)).body).toMatchObject({ status: "accepted" });
		expect((await send("POST", "/invitations/accept", accept)).status).toBe(409);
		expect((await send("POST", "/invitations/accept", { ...accept, token: "no-such-token-0123" })).status).toBe(404);
	});

	test("follows references: refuses what names nothing, keeps what is used, ends what refers", async () => {
		const { send, org, user } = await start();
		expect((await send("POST", "/orgs", { name: "B", plan_id: user })).status).toBe(422);
		const plan = (await send("POST", "/plans", { name: "gold" })).body as Item;
		await send("POST", "/orgs", { name: "B", plan_id: plan.id });
		expect((await send("DELETE", `/plans/${plan.id}`)).status).toBe(409);
		await send("POST", `${org}/members`, { user_id: user, role: "owner" });
		expect((await send("DELETE", `/users/${user}`)).status).toBe(204);
		expect((await send("GET", `${org}/members`)).body).toEqual([]);
	});

	test("writes down what was changed, and about what", async () => {
		const { send, org } = await start();
		await send("GET", org);
		await send("POST", `${org}/suspend`);
		const trail = (await send("GET", "/trail")).body as readonly Item[];
		const id = org.slice("/orgs/".length);
		expect(trail.map(({ action }) => action)).toEqual(["createOrg", "createUser", "suspendOrg"]);
		expect(trail.map(({ resource_id: about }) => about === id)).toEqual([true, false, true]);
	});
});

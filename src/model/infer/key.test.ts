import { expect, test } from "vitest";
import { sampleModel, sampleObject } from "../sample-model.ts";

type Types = Readonly<Record<string, string>>;

/** The property that holds the key of what a path names. */
async function propertyFor(parameter: string, type: string, fields: Types): Promise<string | undefined> {
	const shown = Object.entries(fields).map(([name, kind]): [string, unknown] => [
		name,
		kind.endsWith("?") ? { type: [kind.slice(0, -1), "null"] } : { type: kind },
	]);
	const parameters = [{ name: parameter, in: "path", required: true, schema: { type } }];
	const model = await sampleModel({
		[`GET /things/{${parameter}}`]: { parameters, answers: { 200: sampleObject(Object.fromEntries(shown)) } },
	});
	return model.resources.get("things")?.key?.property;
}

test.each<[string, string, Types, string | undefined]>([
	["thing_id", "string", { id: "string", thing_id: "string" }, "thing_id"],
	["thing_key", "string", { id: "integer", key: "string" }, "key"],
	["thingUuid", "string", { id: "integer", uuid: "string" }, "uuid"],
	["thingId", "string", { id: "integer", name: "string" }, "id"],
	["login", "string", { id: "integer", name: "string" }, "name"],
	["year", "integer", { id: "string" }, undefined],
	["thingId", "string", { name: "string" }, undefined],
	["thingId", "string", { ThingId: "string?", Id: "string" }, "Id"],
	["thingId", "string", { ThingId: "string?", name: "string" }, "ThingId"],
	["username", "string", { name: "string" }, undefined],
	["thing_key", "string", { id: "integer", name: "string" }, undefined],
	["thingHandle", "string", { id: "integer", name: "string" }, "name"],
	["thing-name", "string", { id: "integer", name: "string" }, "name"],
	["id_or_name", "string", { name: "string", id: "string" }, "id"],
	["thingOrName", "string", { name: "string", id: "string" }, "id"],
])("of an item named by {%s: %s}, with %j, the key is in %s", async (parameter, type, fields, property) => {
	expect(await propertyFor(parameter, type, fields)).toBe(property);
});

test("a path that takes the id alone tells more of the key than one that takes the id or the name", async () => {
	const shown = { answers: { 200: sampleObject({ name: { type: "string" }, uuid: { type: "string" } }) } };
	const model = await sampleModel({ "GET /things/{id_or_name}": shown, "PATCH /things/{thing_uuid}": shown });
	expect(model.resources.get("things")?.key?.property).toBe("uuid");
});

test.each([
	["name of the thing", "name"],
	["name or id of the thing", "id"],
	["the thing", "id"],
])("of an item named by what is said to be the %s, the key is in %s", async (description, property) => {
	const parameters = [{ name: "thing", in: "path", required: true, description, schema: { type: "string" } }];
	const shown = sampleObject({ id: { type: "integer" }, name: { type: "string" } });
	const model = await sampleModel({ "GET /things/{thing}": { parameters, answers: { 200: shown } } });
	expect(model.resources.get("things")?.key?.property).toBe(property);
});

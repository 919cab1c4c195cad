import { expect, test } from "vitest";
import { loadFiles } from "../../contract/sample-files.ts";
import type { Json } from "../../http/exchange.ts";
import type { Schema } from "../../schema/schema.ts";
import { renderXml } from "../answer/render-xml.ts";
import { readXml } from "./read-xml.ts";

const PET = `
openapi: 3.0.3
info: { title: pets, version: "1" }
paths:
  /pets:
    post:
      operationId: createPet
      requestBody: { content: { application/xml: { schema: { $ref: "#/components/schemas/Pet" } } } }
      responses: { "201": { description: made } }
components:
  schemas:
    Pet:
      type: object
      xml: { name: pet }
      properties:
        id: { type: integer, xml: { attribute: true } }
        name: { type: string }
        weight: { type: number }
        good: { type: boolean }
        photos: { type: array, xml: { wrapped: true }, items: { type: string, xml: { name: photo } } }
        tags: { type: array, items: { type: object, xml: { name: tag }, properties: { label: { type: string } } } }
        owner: { type: object, xml: { prefix: o, namespace: "https://owner.test" }, properties: { mail: { type: string } } }
`;

async function petSchema(): Promise<Schema | undefined> {
	const contract = await loadFiles({ "openapi.yaml": PET });
	return contract.operations[0]?.body?.content[0]?.schema;
}

test("reads what is written in the same way", async () => {
	const schema = await petSchema();
	const pet: Json = {
		id: 7,
		name: "Rex & <Rex>",
		weight: 3.5,
		good: true,
		photos: ["a.png", "b.png"],
		tags: [{ label: "old" }],
		owner: { mail: "rex@example.com" },
	};
	expect(readXml(renderXml(pet, schema), schema)).toEqual({ kind: "value", value: pet });
});

test.each<[xml: string, value: Json]>([
	["<pet/>", {}],
	["<pet><name/></pet>", { name: "" }],
	["<pet><weight>heavy</weight></pet>", { weight: "heavy" }],
	["<pet><name><![CDATA[<b>]]></name></pet>", { name: "<b>" }],
	["<pet><photos/></pet>", { photos: [] }],
	["<pet><tag><label>a</label></tag><tag><label>b</label></tag></pet>", { tags: [{ label: "a" }, { label: "b" }] }],
	['<pet xmlns="https://pet.test" colour="red"><nick>R</nick></pet>', { colour: "red", nick: "R" }],
])("reads %s", async (xml, value) => {
	expect(readXml(xml, await petSchema())).toEqual({ kind: "value", value });
});

test.each([
	["<pet>", "is not XML"],
	["", "is not XML"],
	["{}", "is not XML"],
	[`${"<a>".repeat(5_000)}${"</a>".repeat(5_000)}`, "is not XML"],
	[`<!DOCTYPE pet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><pet><name>&b;</name></pet>`, ""],
])("does not take %j for a pet", async (xml, message) => {
	const read = readXml(xml, await petSchema());
	if (read.kind === "malformed") expect(read.message).toContain(message);
	else expect(JSON.stringify(read.value)).not.toContain("aaaa");
});

import { expect, test } from "vitest";
import { decodeBody, decodeMultipart } from "./decode-body.ts";
import { encodeBody } from "./encode-body.ts";
import { TEXT, type ValueShape } from "./parameter.ts";

const SHAPE: ValueShape = {
	kind: "object",
	properties: {
		count: { kind: "scalar", types: ["integer"] },
		tags: { kind: "array", items: TEXT },
		place: { kind: "object", properties: {}, additional: TEXT },
	},
	additional: TEXT,
};
const VALUE = { name: 'Ann & "Bö"', count: 3, tags: ["a", "b"], place: { city: "Kiel" } };

test.each([
	["application/json", VALUE, JSON.stringify(VALUE)],
	["application/merge-patch+json", null, "null"],
	["text/plain", "plain", "plain"],
	["text/plain", 3, "3"],
	["application/x-ndjson", [1, { a: 2 }], '1\n{"a":2}\n'],
	[
		"application/x-www-form-urlencoded",
		VALUE,
		"name=Ann%20%26%20%22B%C3%B6%22&count=3&tags=a&tags=b&place=%7B%22city%22%3A%22Kiel%22%7D",
	],
	["*/*", VALUE, JSON.stringify(VALUE)],
	["text/*", "plain", "plain"],
])("%s writes %j", (mediaType, value, body) => {
	expect(encodeBody(mediaType, value)?.body).toBe(body);
});

test.each(["image/png", "nonsense"])("an object has no form as %s", (mediaType) => {
	expect(encodeBody(mediaType, VALUE)).toBeUndefined();
});

test.each(["application/json", "application/x-www-form-urlencoded"])("what %s carries comes back", (mediaType) => {
	const body = encodeBody(mediaType, VALUE)?.body as string;
	expect(decodeBody(mediaType, body, SHAPE)).toEqual({ kind: "value", value: VALUE });
});

test("what multipart carries comes back through the parser of the platform", async () => {
	const encoded = encodeBody("multipart/form-data", VALUE, new Map([["name", { contentType: "image/png" }]]));
	const decoded = await decodeMultipart(encoded?.contentType ?? "", encoded?.body as string, SHAPE);
	expect(decoded).toEqual({ kind: "value", value: VALUE });
});

test("the same value is the same multipart body", () => {
	expect(encodeBody("multipart/form-data", VALUE)).toEqual(encodeBody("multipart/form-data", VALUE));
});

test("a multipart body inside another has parts of its own, encoded as they are documented", () => {
	const inner = new Map([["logo", { contentType: "image/png" }]]);
	const encodings = new Map([["brand", { contentType: "multipart/form-data", encoding: inner }]]);
	const { body } = encodeBody("multipart/form-data", { brand: { logo: "x", name: "Ann" } }, encodings) ?? {};
	const boundary = /^Content-Type: multipart\/form-data; boundary=(\S+)\r\n/m.exec(String(body))?.[1];
	expect(boundary).toBeDefined();
	const parts = String(body).split(`--${boundary}`);
	expect(parts[1]).toMatch(/name="logo"; filename="file"\r\nContent-Type: image\/png\r\n\r\nx/);
	expect(parts[2]).toMatch(/name="name"\r\n\r\nAnn/);
	expect(parts[3]).toMatch(/^--\r\n/);
});

test("a form leaves reserved characters as they are where its encoding allows it", () => {
	const value = { at: "a/b:c" };
	const body = (allowReserved: boolean) =>
		encodeBody("application/x-www-form-urlencoded", value, new Map([["at", { allowReserved }]]))?.body;
	expect([body(true), body(false)]).toEqual(["at=a/b:c", "at=a%2Fb%3Ac"]);
});

test("a broken body is malformed and says why", async () => {
	expect(decodeBody("application/json", "{").kind).toBe("malformed");
	expect(decodeBody("application/x-ndjson", "1\n{\n").kind).toBe("malformed");
	expect((await decodeMultipart("multipart/form-data; boundary=x", "nothing")).kind).toBe("malformed");
});

test("lines of JSON become a list", () => {
	expect(decodeBody("application/json-seq", '\u001e{"a":1}\n\u001e2\n')).toEqual({
		kind: "value",
		value: [{ a: 1 }, 2],
	});
});

import { expect, test } from "vitest";
import { findHeaderFault, findRequestFault } from "./request-fault.ts";

test.each([
	["GET", "/apps/a%2Fb?x[y]=1&z='*'", undefined],
	["GET", "apps", "the path does not begin with a slash"],
	["GET", "/a b", "the path holds a character that must be percent-encoded"],
	["GET", "/a#b", "the path holds a character that must be percent-encoded"],
	["GET", "/ü", "the path holds a character that must be percent-encoded"],
	["GET", "/100%", "the path holds a percent sign without two hexadecimal digits"],
	["G T", "/", 'the method "G T" is no HTTP token'],
	["CONNECT", "/", "CONNECT asks for a tunnel and is no request to an API"],
])("%s %s: %s", (method, path, fault) => {
	expect(findRequestFault({ method, path, headers: {} })).toBe(fault);
});

test.each([
	["x-name", "", undefined],
	["x-name", "plain, with\ttab and ü", undefined],
	["x-name", "a\r\nb: c", "header x-name holds a control character"],
	["x-name", "a\0b", "header x-name holds a control character"],
	["x-name", "日本", "header x-name holds a character that headers cannot carry"],
	["x-name", " a", "header x-name begins or ends with white space, which the receiver strips"],
	["x name", "a", '"x name" is no name of a header'],
	["Transfer-Encoding", "chunked", "header Transfer-Encoding steers the connection and is set by the sender"],
])("header %s: %j is %s", (name, value, fault) => {
	expect(findHeaderFault(name, value)).toBe(fault);
});

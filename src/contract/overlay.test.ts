import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderPlace, renderProblem } from "../problem/problem.ts";
import { createOrigins } from "./origin.ts";
import type { Overlay } from "./overlay.ts";
import { applyOverlays } from "./overlay-apply.ts";
import { loadFiles, refusal } from "./sample-files.ts";

const SPEC = `openapi: 3.1.0
info: { title: T, version: "1" }
tags: [{ name: a }, { name: b }, { name: c }]
paths:
  /a:
    get: { operationId: a, summary: Old, tags: [x], responses: {} }
    put: { operationId: b, responses: {} }
`;

const HEAD = `overlay: 1.1.0
info: { title: O, version: "1" }
actions:
`;

function withOverlay(...actions: readonly string[]) {
	const overlays = actions.map((action, index) => [`${index}.overlay.yaml`, HEAD + action]);
	return { "openapi.yaml": SPEC, ...Object.fromEntries(overlays) };
}

describe("an overlay", () => {
	it("changes the document, and the change keeps the place where it was written", async () => {
		const contract = await loadFiles(
			withOverlay(`  - target: $.paths['/a'].put
    update: { x-holdfast: { effect: upsert }, summary: New }
`),
		);
		const [get, put] = contract.operations;
		expect([put?.summary, put?.extension, get?.extension]).toEqual(["New", { effect: "upsert" }, undefined]);
		const effect = { file: "openapi.yaml", pointer: "/paths/~1a/put/x-holdfast/effect" };
		expect(contract.overlaid(effect)).toEqual({
			file: "0.overlay.yaml",
			pointer: "/actions/0/update/x-holdfast/effect",
		});
		expect(renderPlace(contract.locate(effect))).toBe("0.overlay.yaml:5:37");
		expect(contract.overlaid({ file: "openapi.yaml", pointer: "/paths/~1a/put/operationId" })).toBeUndefined();
	});

	it("is applied after the one before it", async () => {
		const contract = await loadFiles(
			withOverlay(
				"  - { target: $.paths, update: { /b: { get: { operationId: c } } } }\n",
				"  - { target: \"$.paths['/b'].get\", update: { operationId: d } }\n",
			),
		);
		expect(contract.operations.map(({ id }) => id)).toEqual(["a", "b", "d"]);
		const place = (name: string) => contract.overlaid({ file: "openapi.yaml", pointer: `/paths/~1b/get${name}` })?.file;
		expect([place(""), place("/operationId")]).toEqual(["0.overlay.yaml", "1.overlay.yaml"]);
	});

	it("removes, and what stood behind keeps its line", async () => {
		const contract = await loadFiles(
			withOverlay("  - { target: '$.tags[0,1,0]', remove: true }\n  - { target: $.paths.*.get, remove: true }\n"),
		);
		expect(contract.operations.map(({ id }) => id)).toEqual(["b"]);
		expect(renderPlace(contract.locate({ file: "openapi.yaml", pointer: "/tags/0/name" }))).toBe("openapi.yaml:3:42");
	});

	it("appends to lists and joins lists", async () => {
		const contract = await loadFiles(
			withOverlay(
				'  - { target: "$.paths[\'/a\'].get", update: { tags: [y] } }\n  - { target: "$..get.tags", update: z }\n',
			),
		);
		expect(contract.operations[0]?.tags).toEqual(["x", "y", "z"]);
	});

	it("copies what stands elsewhere in the document", async () => {
		const contract = await loadFiles(
			withOverlay(
				"  - { target: \"$.paths['/a'].put\", copy: \"$.paths['/a'].get.tags\" }\n".replace(".get.tags", ".get"),
			),
		);
		expect(contract.operations[1]).toMatchObject({ id: "a-2", summary: "Old" });
	});

	it.each(["1.0.0", "1.0.1", "1.1.0"])(
		"of version %s goes by the order of its actions, and remove outdoes update",
		async (version) => {
			const actions = [
				"{ target: $.tags, update: { name: d } }",
				"{ target: '$.tags[?@.name==\"d\"]', update: { description: Fourth } }",
				"{ target: '$.tags[?@.description]', update: { name: e } }",
				"{ target: '$.tags[0]', remove: true, update: { name: z } }",
				"{ target: '$.tags[0]', remove: false, update: { name: first } }",
			];
			const overlay = `${HEAD.replace("1.1.0", version)}${actions.map((action) => `  - ${action}\n`).join("")}`;
			const contract = await loadFiles({
				"openapi.yaml": SPEC,
				"0.overlay.yaml": overlay,
			});
			expect(contract.problems).toEqual([]);
			const at = (pointer: string) => contract.overlaid({ file: "openapi.yaml", pointer })?.pointer;
			expect(at("/tags/0/name")).toBe("/actions/4/update/name");
			expect(at("/tags/1/name")).toBeUndefined();
			expect(at("/tags/2/name")).toBe("/actions/2/update/name");
			expect(at("/tags/2/description")).toBe("/actions/1/update/description");
		},
	);

	it("replaces a plain value that the target selects", async () => {
		const contract = await loadFiles(withOverlay("  - { target: $.info.title, update: New }\n"));
		expect(contract.title).toBe("New");
	});

	it("changes one use of a YAML alias and no other", async () => {
		const contract = await loadFiles({
			"openapi.yaml": `openapi: 3.1.0
info: { title: T, version: "1" }
paths: { /a: { get: &x { responses: {} }, put: *x } }
`,
			"0.overlay.yaml": `${HEAD}  - { target: $.paths.*.get, update: { summary: New } }\n`,
		});
		expect(contract.operations.map(({ summary }) => summary)).toEqual(["New", undefined]);
	});

	it("of another team that matches nothing is a warning", async () => {
		const contract = await loadFiles(withOverlay("  - { target: $.paths.z, remove: true }\n"));
		expect(contract.problems.map(renderProblem)).toEqual(["0.overlay.yaml:4:15  target matches nothing: $.paths.z"]);
	});

	it("that says it extends another document is applied with a warning", async () => {
		const contract = await loadFiles({
			"openapi.yaml": SPEC,
			"0.overlay.yaml": `extends: other.yaml\n${HEAD}  - { target: $.info, update: { title: New } }\n`,
		});
		expect(contract.title).toBe("New");
		expect(contract.problems.map(renderProblem)).toEqual([
			"0.overlay.yaml:1:10  the overlay says it extends other.yaml, and is applied to openapi.yaml",
		]);
	});
});

describe("a mistake in an overlay is refused with its place", () => {
	it.each([
		[
			"a misspelt key",
			"  - { taget: $.info, update: {} }\n",
			[
				'0.overlay.yaml:4:7  unknown key "taget"; did you mean "target"?',
				"0.overlay.yaml:4:5  an action needs a target",
			],
		],
		[
			"a behaviour that matches nothing",
			"  - target: $.components.schemas.ApiKey\n    update: { x-holdfast: {} }\n  - target: $.paths['/b']\n    update: { get: { x-holdfast: {} } }\n",
			[
				"0.overlay.yaml:4:13  target matches nothing: $.components.schemas.ApiKey",
				"0.overlay.yaml:6:13  target matches nothing: $.paths['/b']",
			],
		],
		[
			"behaviour beside update",
			"  - { target: $.info, update: {}, x-holdfast: {} }\n",
			["0.overlay.yaml:4:35  x-holdfast stands beside update, where it has no effect; write it under update"],
		],
		[
			"a target that is no JSONPath",
			"  - { target: 'paths[', remove: true }\n",
			["0.overlay.yaml:4:15  no valid JSONPath (RFC 9535): paths[: expected '$', found 'p'"],
		],
		[
			"a map merged into text",
			"  - { target: $.info, update: { title: { en: T } } }\n",
			["0.overlay.yaml:4:33  a map cannot be merged into a string at /info/title"],
		],
		[
			"a copy of several places",
			"  - { target: $.info, copy: $.paths.*.* }\n",
			["0.overlay.yaml:4:29  copy must select one place and selects 2: $.paths.*.*"],
		],
		["nothing to do", "  - { target: $.info }\n", ["0.overlay.yaml:4:5  an action needs update, copy or remove: true"]],
		[
			"the whole document removed",
			"  - { target: $, remove: true }\n",
			["0.overlay.yaml:4:15  the whole document cannot be removed"],
		],
		[
			"a remove that is neither true nor false",
			"  - { target: $.info, remove: 1, update: {} }\n",
			["0.overlay.yaml:4:31  remove is true or false"],
		],
	])("%s", async (_, actions, sentences) => {
		expect(await refusal(loadFiles(withOverlay(actions)))).toEqual(sentences);
	});

	it.each([
		["overlay: 1.2.0\ninfo: {}\n", "0.overlay.yaml:1:10  Overlay 1.2.0 is not supported; 1.0 and 1.1 are"],
		[SPEC, "0.overlay.yaml:1:1  an overlay begins with overlay: 1.0.0 or 1.1.0; this is an OpenAPI document"],
	])("what is no overlay that we know", async (overlay, sentence) => {
		expect(await refusal(loadFiles({ "openapi.yaml": SPEC, "0.overlay.yaml": overlay }))).toEqual([sentence]);
	});
});

describe("applying", () => {
	const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
	const name = fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "a/b", "~"));
	const tree = fc.letrec<{ node: unknown; map: object }>((tie) => ({
		node: fc.oneof({ maxDepth: 3 }, scalar, tie("map")),
		map: fc.dictionary(name, tie("node"), { maxKeys: 4, noNullPrototype: true }),
	})).map;
	const overlayOf = (update: unknown): Overlay => ({
		file: "o.yaml",
		actions: [{ kind: "update", target: "$", update, source: { file: "o.yaml", pointer: "/actions/0" } }],
	});
	const apply = (value: unknown, times: number, update: unknown) =>
		applyOverlays({ value, file: "a.yaml" }, Array(times).fill(overlayOf(update)), createOrigins());

	it("maps and plain values twice is the same as once", () => {
		fc.assert(
			fc.property(tree, tree, (document, update) => {
				const once = apply(document, 1, update);
				fc.pre(once.problems.length === 0);
				expect(apply(document, 2, update).value).toEqual(once.value);
			}),
		);
	});

	it("leaves the given document as it was", () => {
		fc.assert(
			fc.property(tree, tree, (document, update) => {
				const before = JSON.stringify(document);
				apply(document, 1, update);
				expect(JSON.stringify(document)).toBe(before);
				expect(Object.prototype).not.toHaveProperty("polluted");
			}),
		);
	});

	it("finds for every plain value of the update the place where it was written", () => {
		fc.assert(
			fc.property(tree, (update) => {
				const origins = createOrigins();
				applyOverlays({ value: {}, file: "a.yaml" }, [overlayOf(update)], origins);
				for (const key of Object.keys(update)) {
					const token = key.replaceAll("~", "~0").replaceAll("/", "~1");
					expect(origins.find({ file: "a.yaml", pointer: `/${token}` })).toEqual({
						file: "o.yaml",
						pointer: `/actions/0/update/${token}`,
					});
				}
			}),
		);
	});
});

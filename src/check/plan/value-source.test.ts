import { describe, expect, test } from "vitest";
import { bodySchema } from "../../model/infer/shown.ts";
import { behaviourOf } from "../../model/model.ts";
import { isObject } from "../../model/value.ts";
import { createValidation } from "../../schema/validate.ts";
import { loadService } from "../fixture/check-service.ts";
import { createValueSource, type ValueSource } from "./value-source.ts";

const articles = await loadService("articles.yaml");
const files = await loadService("files.yaml");
const teams = await loadService("teams.yaml");
const validation = createValidation();

interface Told {
	readonly of?: typeof articles;
	readonly seed?: number;
	readonly marker?: string;
	readonly label?: string;
}

function source({ of = articles, seed = 1, marker = "hf1", label = "e1" }: Told = {}): ValueSource {
	return createValueSource({ model: of.model, validation, seed, marker, label });
}

const schemaOf = (of: typeof articles, operation: string) => {
	const schema = bodySchema(behaviourOf(of.model, operation).operation);
	if (schema === undefined) throw new Error(`${operation} takes no body`);
	return schema;
};
const article = schemaOf(articles, "createArticle");
const draw = (values: ValueSource): unknown[] => [
	values.body("createArticle", "all"),
	values.fresh("articles"),
	values.body("createArticle", "none"),
	values.body("createArticle", "all"),
];

describe("the values of an experiment", () => {
	test("are the same for the same seed and label, and others for another", () => {
		expect(draw(source())).toEqual(draw(source()));
		for (const other of [{ seed: 2 }, { label: "e2" }]) expect(draw(source(other))).not.toEqual(draw(source()));
	});

	test("are valid, with all optional fields or with none", () => {
		const values = source();
		for (let count = 0; count < 20; count++) {
			const [all, none] = [values.body("createArticle", "all"), values.body("createArticle", "none")];
			for (const body of [all, none]) expect(validation.validate(article, body, "request")).toEqual([]);
			expect(Object.keys(all as object).length).toBe(7);
			expect(Object.keys(none as object)).toEqual(["title"]);
		}
	});

	test("hold lists of two, where more than one is allowed", () => {
		const values = source();
		for (let count = 0; count < 20; count++) {
			const body = values.body("createArticle", "all");
			expect(isObject(body) && Array.isArray(body.tags) ? body.tags.length : 0).toBeGreaterThanOrEqual(2);
		}
	});
});

describe("a fresh key", () => {
	test("carries the run's marker where it may, and never comes twice", () => {
		const values = source({ of: files });
		const keys = Array.from({ length: 50 }, () => values.fresh("files"));
		expect(new Set(keys).size).toBe(50);
		expect(keys.every((key) => String(key).startsWith("hf1"))).toBe(true);
	});

	test("is a number far beyond those that services count up to", () => {
		const values = source();
		const keys = Array.from({ length: 50 }, () => values.fresh("articles"));
		expect(new Set(keys).size).toBe(50);
		expect(keys.every((key) => typeof key === "number" && key >= 2_000_000_000 && key < 2 ** 31)).toBe(true);
		expect(source({ marker: "hf2" }).fresh("articles")).not.toBe(keys[0]);
	});

	test("has neighbours that a careless comparison takes for it, all of them valid", () => {
		const values = source({ of: files });
		const key = values.fresh("files") as string;
		const alike = values.neighbours("files", key);
		expect(alike).toContain(key.toUpperCase());
		expect(alike.some((other) => String(other).startsWith(key))).toBe(true);
		expect(alike.some((other) => key.startsWith(String(other)))).toBe(true);
		expect(alike).not.toContain(key);
	});
});

test("what must be unique is another in every run, and the rest is the same", () => {
	const [one, two] = ["hf1", "hf2"].map((marker) => source({ of: teams, marker }).body("addMember", "all"));
	expect(isObject(one) && isObject(two) && one.email !== two.email && one.name === two.name).toBe(true);
});

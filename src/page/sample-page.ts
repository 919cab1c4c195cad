import type { Contract, Operation, Parameter, Response } from "../contract/contract.ts";
import { generate } from "../schema/generate.ts";
import { annotation, enumeration, items, properties, typesOf } from "../schema/navigate.ts";
import type { Schema } from "../schema/schema.ts";
import { jsonSchemaOf } from "./judge/bind-table.ts";
import { keywordOf } from "./judge/schema-words.ts";

/** For tests: a reference in Markdown that says just what a document says, as generators of references write it. */
export function samplePage({ title, operations, description = "" }: Contract): string {
	return [`# ${title}`, description, ...operations.map(sectionOf)].join("\n\n");
}

function sectionOf(operation: Operation): string {
	const { method, path, summary = "", description = "", parameters, body, responses } = operation;
	const request = body?.content.find(({ name }) => name.includes("json"))?.schema;
	return [
		`## ${method} ${path}`,
		// Titles inside a description would end the section.
		[summary, description].map((text) => text.replaceAll(/^#+ .*$/gm, "")).join("\n\n"),
		...(["path", "query", "header"] as const).map((place) =>
			tableOf(
				`${place[0]?.toUpperCase()}${place.slice(1)} parameters`,
				parameters.filter((one) => one.in === place),
			),
		),
		request === undefined ? "" : fieldsTable("Request body", request),
		request === undefined ? "" : exampleOf("Example request", request, "request"),
		"### Responses",
		table(
			["Status", "Meaning"],
			responses.filter(({ status }) => status !== "default").map((one) => [one.status, cell(one.description)]),
		),
		...responses.slice(0, 1).map(answerOf),
	]
		.filter((part) => part !== "")
		.join("\n\n");
}

function tableOf(title: string, parameters: readonly Parameter[]): string {
	if (parameters.length === 0) return "";
	const rows = parameters.map(({ name, required, schema, description = "" }) => [
		`\`${name}\``,
		schema === undefined ? "" : typeWord(schema),
		required ? "yes" : "no",
		`${cell(description)} ${schema === undefined ? "" : limitWords(schema)}`,
	]);
	return `### ${title}\n\n${table(["Parameter", "Type", "Required", "Description"], rows)}`;
}

function fieldsTable(title: string, schema: Schema): string {
	const known = properties(schema).filter(({ readOnly }) => !readOnly);
	if (known.length === 0) return "";
	const rows = known.map(({ name, required, schema: own }) => [
		`\`${name}\``,
		typeWord(own),
		required ? "required" : "optional",
		`${cell(String(annotation(own, "description") ?? ""))} ${limitWords(own)}`,
	]);
	return `### ${title}\n\n${table(["Field", "Type", "Required", "Description"], rows)}`;
}

function answerOf(response: Response): string {
	const schema = jsonSchemaOf(response);
	return schema === undefined ? "" : exampleOf(`Response ${response.status}`, schema, "response");
}

function exampleOf(title: string, schema: Schema, direction: "request" | "response"): string {
	const made = generate(schema, { seed: 1, direction });
	return made.ok && typeof made.value === "object" && made.value !== null
		? `### ${title}\n\n\`\`\`json\n${JSON.stringify(made.value, undefined, 2)}\n\`\`\``
		: "";
}

function typeWord(schema: Schema): string {
	const types = typesOf(schema).filter((type) => type !== "null");
	const element = items(schema);
	const inner = element === undefined ? [] : typesOf(element);
	if (types.length === 1 && types[0] === "array" && inner.length === 1) return `${inner[0]}[]`;
	return types.join(" or ");
}

function limitWords(schema: Schema): string {
	const types = typesOf(schema);
	const limit = (keyword: string): number | undefined => {
		const found = keywordOf(schema, keyword);
		return found.kind === "said" && typeof found.value === "number" ? found.value : undefined;
	};
	const values = enumeration(schema)?.filter((value) => typeof value === "string") ?? [];
	const standard = annotation(schema, "default");
	const isNumber = types.includes("integer") || types.includes("number");
	return [
		limit("minLength") === undefined ? "" : `At least ${limit("minLength")} characters.`,
		limit("maxLength") === undefined ? "" : `At most ${limit("maxLength")} characters.`,
		!isNumber || limit("minimum") === undefined ? "" : `≥ ${limit("minimum")}.`,
		!isNumber || limit("maximum") === undefined ? "" : `≤ ${limit("maximum")}.`,
		values.length < 2 ? "" : `One of: ${values.map((value) => `\`${value}\``).join(", ")}.`,
		typeof standard === "string" || typeof standard === "number" ? `Default: \`${standard}\`.` : "",
	]
		.filter((word) => word !== "")
		.join(" ");
}

function cell(text: string): string {
	return text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|").trim();
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
	return [heads, heads.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

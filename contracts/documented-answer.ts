import SwaggerParser from "@apidevtools/swagger-parser";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** Judges an answer by the document alone: its status, media type, headers and body. */
export type JudgeAnswer = (answer: JudgedAnswer) => readonly string[];

interface JudgedAnswer {
	readonly method: string;
	/** Without the query. */
	readonly path: string;
	readonly status: number;
	readonly headers: Headers;
	readonly body: unknown;
}

interface Operation {
	readonly responses: Readonly<Record<string, Documented>>;
}

interface Documented {
	readonly content?: Readonly<Record<string, { readonly schema: object }>>;
	readonly headers?: Readonly<Record<string, { readonly required?: boolean }>>;
}

/** Loads a document and gives the judge for it. An answer of an operation that it does not list is not judged. */
export async function loadJudge(file: string): Promise<JudgeAnswer> {
	const document = await SwaggerParser.dereference(file);
	const ajv = new Ajv2020({ strict: false });
	addFormats.default(ajv);
	const validators = new Map<object, ValidateFunction>();
	const validator = (schema: object): ValidateFunction => {
		const known = validators.get(schema) ?? ajv.compile(schema);
		validators.set(schema, known);
		return known;
	};
	const routes = Object.entries(document.paths ?? {}).map(([template, item]) => ({
		pattern: new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`),
		operations: (item ?? {}) as unknown as Readonly<Record<string, Operation>>,
	}));

	return ({ method, path, status, headers, body }) => {
		const operation = routes.find(({ pattern }) => pattern.test(path))?.operations[method.toLowerCase()];
		if (operation === undefined) return [];
		const documented = operation.responses[String(status)];
		if (documented === undefined) return [`status ${status} is not documented`];
		const missing = Object.entries(documented.headers ?? {})
			.filter(([name, { required }]) => required === true && !headers.has(name))
			.map(([name]) => `header ${name} is missing`);
		if (documented.content === undefined) return body === "" ? missing : [...missing, "no body is documented"];
		const mediaType = headers.get("content-type")?.split(";")[0] ?? "none";
		const schema = documented.content[mediaType]?.schema;
		if (schema === undefined) return [`media type ${mediaType} is not documented for ${status}`];
		const validate = validator(schema);
		const invalid = validate(body) ? [] : [`body: ${ajv.errorsText(validate.errors)}`];
		return [...invalid, ...missing, ...prismViolations(headers)];
	};
}

interface PrismViolation {
	readonly location: readonly string[];
	readonly message: string;
}

/** What a Prism in between has against the answer; requests are wrong on purpose where they are. */
function prismViolations(headers: Headers): readonly string[] {
	const violations = JSON.parse(headers.get("sl-violations") ?? "[]") as readonly PrismViolation[];
	return violations
		.filter(({ location }) => location[0] === "response")
		.map(({ location, message }) => `Prism: ${location.join(".")} ${message}`);
}

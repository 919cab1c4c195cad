import { resolve } from "node:path";
import { type Problem, UserError } from "../problem/problem.ts";
import { type Dialect, dialectOf } from "../schema/dialect.ts";
import { isUri, resolveFile } from "../schema/reference.ts";
import { createRegistry } from "../schema/registry.ts";
import { type Context, reportAt } from "./context.ts";
import type { Contract } from "./contract.ts";
import { createDocuments, type Documents, type LoadedDocument } from "./document.ts";
import { field } from "./node.ts";
import { normalizeContract } from "./normalize.ts";
import { createOrigins } from "./origin.ts";
import { type Overlay, type OverlayProblem, parseOverlay } from "./overlay.ts";
import { applyOverlays } from "./overlay-apply.ts";
import { createProblemList, lazyPlace } from "./problem-list.ts";
import { fetchNamed, fetchReferenced } from "./remote.ts";
import { type Declared, declaredVersion } from "./root.ts";

export interface LoadOptions {
	/** The root document: a file, a URL, or the document itself, whose references are relative to `cwd`. */
	readonly spec: string | object;
	/** Overlays in the order in which they apply. */
	readonly overlays?: readonly string[];
	/** Whether `$ref`s may lead to other machines; no by default. */
	readonly allowRemote?: boolean;
	/** What relative names are relative to; the current directory by default. */
	readonly cwd?: string;
}

/**
 * Loads an OpenAPI document of version 2.0 to 3.2 with its overlays, as one normalized contract.
 * Operations are found at once; what they consist of, and the files that their references lead to, when somebody asks.
 * What is broken in the document is listed in `problems`, and the rest works.
 *
 * @throws UserError with every problem, when the document or an overlay cannot be used at all
 * @example const contract = await loadContract({ spec: "openapi.yaml", overlays: ["behaviour.overlay.yaml"] })
 */
export async function loadContract(options: LoadOptions): Promise<Contract> {
	const { overlays = [], allowRemote = false, cwd = process.cwd() } = options;
	const list = createProblemList();
	let dialect: Dialect = "openapi-3.1";
	const documents = createDocuments({ cwd, report: list.report, dialect: () => dialect });
	const spec = nameDocument(documents, options.spec);
	await fetchNamed(documents, [spec, ...overlays].filter(isUri));
	const { document, declared, parsed } = parseNamed(documents, spec, overlays);
	dialect = schemaDialect(document);
	document.dialect = dialect;

	const origins = createOrigins();
	const overlaid = applyOverlays(document, parsed, origins);
	throwAll(overlaid.problems.map((problem) => located(documents, problem)));
	for (const warning of overlaid.warnings) list.report(located(documents, warning));
	document.value = overlaid.value;
	if (allowRemote) await fetchReferenced(documents, document);

	const root = { value: document.value, source: { file: document.file, pointer: "" } };
	const registry = createRegistry({ documents });
	const context = { root, version: declared.version, documents, registry, origins, report: list.report };
	for (const overlay of parsed) reportForeign(context, overlay, cwd);
	const overlayFiles = parsed.map(({ file }) => file);
	return normalizeContract(context, { openapi: declared.openapi, overlayFiles, problems: list.problems });
}

/** What an object is called in messages; it may refer to itself by that name. */
const GIVEN = "openapi.json";

function nameDocument(documents: Documents, spec: string | object): string {
	if (typeof spec === "string") return spec;
	documents.add(GIVEN, { kind: "text", text: JSON.stringify(spec, undefined, 2) });
	return GIVEN;
}

/** Plain 2020-12 is read as OpenAPI 3.1, which is 2020-12 and some annotations: who writes `nullable` means it. */
function schemaDialect({ value, dialect }: LoadedDocument): Dialect {
	const named = dialectOf(field(value, "jsonSchemaDialect"));
	return named === undefined || named === "2020-12" ? dialect : named;
}

interface Parsed {
	readonly document: LoadedDocument;
	readonly declared: Declared;
	readonly parsed: readonly Overlay[];
}

/** What the user named, each looked at before any is complained about. */
function parseNamed(documents: Documents, spec: string, files: readonly string[]): Parsed {
	const document = documents.get(spec);
	const declared = document === undefined ? documents.faults(spec) : declaredVersion(documents, document);
	const parsed = files.map((file) => parseOverlay(documents, file));
	const overlays = parsed.filter((one): one is Overlay => "file" in one);
	if (document !== undefined && "version" in declared && overlays.length === files.length)
		return { document, declared, parsed: overlays };
	const faults = parsed.flatMap((one) => ("file" in one ? [] : one));
	throw new UserError(["version" in declared ? [] : declared, faults].flat());
}

function throwAll(problems: readonly Problem[]): void {
	if (problems.length > 0) throw new UserError(problems);
}

function located(documents: Documents, { source, ...problem }: OverlayProblem): Problem {
	return { ...problem, place: lazyPlace(source.file, source.pointer, () => documents.locate(source)) };
}

/** An overlay that says it was made for another document is applied all the same: the user named it. */
function reportForeign(context: Context, overlay: Overlay, cwd: string): void {
	const { file } = context.root.source;
	if (overlay.extends === undefined || [overlay.extends, overlay.file, file].some(isUri)) return;
	if (resolve(cwd, resolveFile(overlay.file, overlay.extends)) === resolve(cwd, file)) return;
	const part = { value: overlay.extends, source: { file: overlay.file, pointer: "/extends" } };
	const message = `the overlay says it extends ${overlay.extends}, and is applied to ${file}`;
	reportAt(context, part, { code: "overlay-extends", message });
}

import { resolve } from "node:path";
import { type Problem, UserError } from "../problem/problem.ts";
import type { Dialect } from "../schema/dialect.ts";
import { dialectOf } from "../schema/dialect.ts";
import { isUri, resolveFile } from "../schema/reference.ts";
import { createRegistry } from "../schema/registry.ts";
import type { Context } from "./context.ts";
import { reportAt } from "./context.ts";
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
	/** The root document: a file, or a URL. */
	readonly spec: string;
	/** Overlays in the order in which they apply. */
	readonly overlays?: readonly string[];
	/** Whether `$ref`s may lead to other machines. */
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
	const list = createProblemList();
	let dialect: Dialect = "openapi-3.1";
	const documents = createDocuments({
		cwd: options.cwd ?? process.cwd(),
		report: list.report,
		dialect: () => dialect,
	});
	const named = [options.spec, ...(options.overlays ?? [])];
	await fetchNamed(documents, named.filter(isUri));
	const root = readRoot(documents, options.spec);
	const overlays = (options.overlays ?? []).map((file) => parseOverlay(documents, file));
	throwAll([...root.problems, ...overlays.flatMap((overlay) => ("file" in overlay ? [] : overlay))]);
	const { document, declared } = root as Root & { document: LoadedDocument; declared: Declared };
	dialect = dialectOf(field(document.value, "jsonSchemaDialect")) ?? document.dialect;
	document.dialect = dialect;

	const origins = createOrigins();
	const usable = overlays.filter((overlay): overlay is Overlay => "file" in overlay);
	const overlaid = applyOverlays(document, usable, origins);
	throwAll(overlaid.problems.map((problem) => located(documents, problem)));
	document.value = overlaid.value;
	for (const warning of overlaid.warnings) list.report(located(documents, warning));
	if (options.allowRemote === true) await fetchReferenced(documents, document);

	const context: Context = {
		root: { value: document.value, source: { file: document.file, pointer: "" } },
		version: declared.version,
		documents,
		registry: createRegistry({ documents }),
		origins,
		report: list.report,
	};
	for (const overlay of usable) reportForeign(context, overlay, options.cwd ?? process.cwd());
	return normalizeContract(context, {
		openapi: declared.openapi,
		overlayFiles: usable.map(({ file }) => file),
		problems: list.problems,
	});
}

interface Root {
	readonly document?: LoadedDocument;
	readonly declared?: Declared;
	readonly problems: readonly Problem[];
}

function readRoot(documents: Documents, file: string): Root {
	const document = documents.get(file);
	if (document === undefined) return { problems: documents.faults(file) };
	const declared = declaredVersion(documents, document);
	return "code" in declared ? { problems: [declared] } : { document, declared, problems: [] };
}

function throwAll(problems: readonly Problem[]): void {
	if (problems.length > 0) throw new UserError(problems);
}

function located(documents: Documents, { source, ...problem }: OverlayProblem): Problem {
	return { ...problem, place: lazyPlace(source.file, source.pointer, () => documents.locate(source)) };
}

/** An overlay that says it was made for another document is applied all the same: the user named it. */
function reportForeign(context: Context, overlay: Overlay, cwd: string): void {
	if (overlay.extends === undefined || isUri(overlay.extends) || isUri(context.root.source.file)) return;
	const meant = resolveFile(overlay.file, overlay.extends);
	if (resolve(cwd, meant) === resolve(cwd, context.root.source.file)) return;
	const part = { value: overlay.extends, source: { file: overlay.file, pointer: "/extends" } };
	const message = `the overlay says it extends ${overlay.extends}, and is applied to ${context.root.source.file}`;
	reportAt(context, part, { code: "overlay-extends", message });
}

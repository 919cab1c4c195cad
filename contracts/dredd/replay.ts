import { EventEmitter } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { copyForDredd } from "./document-copies.ts";

/** What became of one documented answer. */
export interface Replayed {
	/** `METHOD path status`, the path as the document writes it. */
	readonly answer: string;
	readonly outcome: "passed" | "failed" | "not sent";
	/** What Dredd says against it. */
	readonly reasons: readonly string[];
}

interface Test {
	readonly message: string;
	/** `METHOD (status) path` */
	readonly title: string;
	readonly origin: { readonly resourceName: string };
	readonly errors?: readonly { readonly message: string }[];
}
interface Dredd {
	run(done: (error: Error | undefined) => void): void;
}

// It has no types, and it prints what it also says by events.
const require = createRequire(import.meta.url);
const Dredd: new (configuration: object) => Dredd = require("dredd");
require("dredd/build/reporters/reporterOutputLogger").default.transports.console.silent = true;
const HOOKS = fileURLToPath(new URL("hooks.cts", import.meta.url));

/**
 * Lets Dredd replay every documented answer of a document against a service: each success, and each error that the
 * rehearsal can provoke.
 *
 * @param rehearsal URL of the module that exports `rehearsal`
 * @throws Error when Dredd cannot read the document
 * @example await replayWithDredd({ document: "spec/gateway/openapi.yaml", url, rehearsal: new URL("rehearsal.ts", import.meta.url) })
 */
export async function replayWithDredd(about: {
	readonly document: string;
	readonly url: string;
	readonly rehearsal: URL;
}): Promise<readonly Replayed[]> {
	const replayed: Replayed[] = [];
	for (const copy of await copyForDredd(about.document)) replayed.push(...(await replayCopy(copy, about)));
	return replayed;
}

async function replayCopy(content: string, { document, url, rehearsal }: Parameters<typeof replayWithDredd>[0]) {
	const replayed: Replayed[] = [];
	const emitter = new EventEmitter();
	const note = (outcome: Replayed["outcome"]) => (test: Test) => {
		const reasons = [test.message, ...(test.errors ?? []).map(({ message }) => message)];
		replayed.push({ answer: nameAnswer(test), outcome, reasons: outcome === "failed" ? reasons : [] });
	};
	emitter.on("test pass", note("passed"));
	emitter.on("test fail", note("failed"));
	emitter.on("test skip", note("not sent"));
	emitter.on("test error", (error: Error, test: Test) => {
		replayed.push({ answer: nameAnswer(test), outcome: "failed", reasons: [error.message] });
	});
	const dredd = new Dredd({
		endpoint: url,
		apiDescriptions: [{ location: document, content }],
		hookfiles: [HOOKS],
		custom: { rehearsal: rehearsal.href },
		loglevel: "silent",
		emitter,
	});
	await new Promise<void>((resolve, reject) => {
		dredd.run((error) => (error ? reject(error) : resolve()));
	});
	return replayed;
}

function nameAnswer({ title, origin }: Test): string {
	const [, method, status] = /^(\S+) \((\d+)\)/.exec(title) ?? [];
	return `${method} ${origin.resourceName} ${status}`;
}

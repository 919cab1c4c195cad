import { access } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type ReadyApi, readyApis } from "../../src/cli/ready-api.ts";
import { startTarget } from "../../src/cli/start-target.ts";
import { processIo } from "../../src/cli/terminal-io.ts";
import type { Fault } from "../../src/reference/fault/fault.ts";
import { lineOf, type Started, type Subject } from "./subject.ts";

/** What makes a reference as documented that is not so by default: its known drift is left out. */
const AS_DOCUMENTED: Readonly<Record<string, Readonly<Record<string, string>>>> = { gateway: { CIDS_PUT: "replace" } };

/** Every reference of the configuration: as documented, and once for each of its planted faults. */
export async function referenceSubjects(): Promise<readonly Subject[]> {
	const io = processIo(new AbortController().signal);
	const apis = await readyApis(undefined, { report: false, out: "" }, io);
	const subjects = await Promise.all(apis.map(async (api) => subjectsOf(api, await faultsOf(api.name))));
	return subjects.flat();
}

function subjectsOf(api: ReadyApi, faults: readonly Fault[]): readonly Subject[] {
	const { headers, identities, disposable, spec, overlay } = api.api;
	const common = {
		family: api.name,
		spec,
		overlays: typeof overlay === "string" ? [overlay] : (overlay ?? []),
		options: {
			...(headers === undefined ? {} : { headers }),
			...(identities === undefined ? {} : { identities: identities as NonNullable<Subject["options"]["identities"]> }),
			disposable: disposable ?? false,
		},
	};
	const correct: Subject = { ...common, kind: "correct", name: "as documented", start: () => start(api, {}) };
	return [
		correct,
		...faults.map(
			({ name, expects }): Subject => ({
				...common,
				kind: "fault",
				name,
				found: lineOf(expects),
				start: () => start(api, { FAULTS: name }),
			}),
		),
	];
}

async function start({ api, name }: ReadyApi, env: Readonly<Record<string, string>>): Promise<Started> {
	if (api.start === undefined) throw new Error(`the configuration does not say how to start ${name}`);
	const config = { ...api.start, env: { ...api.start.env, ...AS_DOCUMENTED[name], ...env } };
	const place = { cwd: process.cwd(), environment: process.env, at: `apis.${name}`, file: "holdfast.config.ts" };
	const { url, stop } = await startTarget(config, place);
	return { url, close: stop };
}

/** The faults that `src/reference/<api>/faults.ts` exports. */
async function faultsOf(api: string): Promise<readonly Fault[]> {
	const file = new URL(`../../src/reference/${api}/faults.ts`, import.meta.url);
	await access(fileURLToPath(file));
	const exported: readonly unknown[] = Object.values(await import(file.href));
	const faults = exported.find((value): value is readonly Fault[] => Array.isArray(value) && "expects" in value[0]);
	if (faults === undefined) throw new Error(`${file.pathname} exports no faults`);
	return faults;
}

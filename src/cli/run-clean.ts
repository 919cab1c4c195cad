import { globSync, rmSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { type CheckIdentities, logInAll } from "../check/callers.ts";
import { loadContract } from "../contract/load.ts";
import { isAnswer } from "../http/exchange.ts";
import { createSender } from "../http/send.ts";
import { UserError } from "../problem/problem.ts";
import type { CleanFlags } from "./clean.ts";
import { identityOf } from "./identity.ts";
import { JOURNAL, type Journal, type Left, readJournal } from "./journal.ts";
import { loadConfig } from "./load-config.ts";
import { type ConfigIdentities, loadIdentities } from "./load-identities.ts";
import { requireReachable } from "./reachable.ts";
import { substitute } from "./substitute.ts";
import type { TerminalIo } from "./terminal-io.ts";

const TIMEOUT_MS = 10_000;
const BODY_BYTES_MAX = 65_536;

/** Headers of the main caller, and of further ones by name. */
interface Callers {
	readonly headers: Readonly<Record<string, string>>;
	readonly identities: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * Sends what takes away everything that the journals of a folder name. A journal whose last entry is gone goes too.
 *
 * @throws UserError when a target does not answer or a journal is none
 */
export async function runClean(flags: CleanFlags, io: TerminalIo): Promise<number> {
	const files = globSync(`*/${JOURNAL}`, { cwd: resolve(io.cwd, flags.out) }).toSorted();
	if (files.length === 0) {
		io.out(`nothing to clean: no journal in ${flags.out}\n`);
		return 0;
	}
	let remaining = 0;
	for (const file of files) {
		const journal = readJournal(resolve(io.cwd, flags.out, file));
		const api = basename(dirname(file));
		const left = await cleanOne(journal, { flags, io, api });
		remaining += left.length;
		io.out(`${api}: ${journal.left.length - left.length} taken away\n`);
		for (const { method, path } of left) io.out(`  ! still there: ${method} ${path}\n`);
		if (left.length > 0) io.out(`  ${join(flags.out, relative(flags.out, join(flags.out, file)))} keeps them\n`);
		else rmSync(journal.file, { force: true });
	}
	return remaining === 0 ? 0 : 1;
}

interface Cleaning {
	readonly flags: CleanFlags;
	readonly io: TerminalIo;
	readonly api: string;
}

async function cleanOne(journal: Journal, { flags, io, api }: Cleaning): Promise<readonly Left[]> {
	if (journal.left.length === 0) return [];
	const target = flags.target ?? journal.target;
	await requireReachable(target);
	const { headers, identities } = await callersOf(flags, io, { api, target });
	const sender = createSender({ baseUrl: target, timeoutMs: TIMEOUT_MS, maxBodyBytes: BODY_BYTES_MAX, connections: 1 });
	const left: Left[] = [];
	try {
		for (const one of journal.left) {
			const signed = {
				...headers,
				...(one.as === undefined ? {} : identities[one.as]),
				...lowerNames(one.headers ?? {}),
			};
			const { answer } = await sender.send({ method: one.method, path: one.path, headers: signed });
			const isGone = isAnswer(answer) && (answer.status < 300 || answer.status === 404 || answer.status === 410);
			if (!isGone) left.push(one);
		}
	} finally {
		await sender.close();
	}
	return left;
}

/** The callers of the configuration's entry with this name, and those of the command line over them. */
async function callersOf(
	flags: CleanFlags,
	io: TerminalIo,
	{ api, target }: { readonly api: string; readonly target: string },
): Promise<Callers> {
	const named = typeof flags.config === "string" ? flags.config : undefined;
	const loaded = flags.config === false ? undefined : await loadConfig(io.cwd, named);
	const { headers = {}, identities = {} } = loaded?.config.apis[api] ?? {};
	const place = { at: `apis.${api}`, file: loaded?.file ?? "the command line" };
	const known = substitute({ headers, identities }, io.environment, place);
	const given = mapIdentities({ ...known.identities, ...loadIdentities(flags.identity, io) });
	const spec = loaded?.config.apis[api]?.spec;
	const all = await withLogins(given, { spec, api, cwd: io.cwd, target });
	const { main, ...others } = all;
	return {
		headers: { ...lowerNames(known.headers), ...main?.headers, ...flags.header },
		identities: Object.fromEntries(Object.entries(others).map(([who, { headers: own }]) => [who, own])),
	};
}

function mapIdentities(given: ConfigIdentities): CheckIdentities {
	return Object.fromEntries(Object.entries(given).map(([who, one]) => [who, identityOf(one)]));
}

interface Place {
	readonly spec: string | undefined;
	readonly api: string;
	readonly cwd: string;
	readonly target: string;
}

/** Who logs in does it by an operation of the document, which only the configuration names here. */
async function withLogins(given: CheckIdentities, { spec, api, cwd, target }: Place): Promise<CheckIdentities> {
	if (Object.values(given).every(({ login }) => login === undefined)) return given;
	if (spec === undefined) {
		const message = `a caller of ${api} logs in, and the configuration names no document of ${api}`;
		throw new UserError([{ code: "login-failed", message, hint: "name its `spec` in holdfast.config.ts" }]);
	}
	return logInAll({ contract: await loadContract({ spec, cwd }), target, timeoutMs: TIMEOUT_MS }, given);
}

function lowerNames(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

import type { Ledger } from "../finding/ledger.ts";
import { loadLedger } from "../finding/load-ledger.ts";
import { UserError } from "../problem/problem.ts";
import type { CheckFlags } from "./check.ts";
import { identityOf } from "./identity.ts";
import { loadIdentities } from "./load-identities.ts";
import { gatherProblems, type PreparedApi, prepareApis } from "./prepare-api.ts";
import { requireMatches } from "./require-matches.ts";
import { type SelectedApi, selectApis } from "./select-api.ts";
import { substitute } from "./substitute.ts";
import type { TerminalIo } from "./terminal-io.ts";

/** One API with all that its check needs. */
export interface ReadyApi extends PreparedApi {
	readonly ledger?: Ledger;
}

/**
 * Loads everything that a check needs, so that all mistakes are told before the first request is sent.
 *
 * @throws UserError with the problems of all APIs.
 */
export async function readyApis(
	spec: string | undefined,
	flags: CheckFlags,
	io: TerminalIo,
): Promise<readonly ReadyApi[]> {
	const selected = (await selectApis(spec, flags, io)).map((each) => withFlags(each, flags, io));
	if (selected.length > 1 && (flags.target !== undefined || flags.ledger !== undefined)) {
		const message = "--target and --ledger are about one API, and the configuration has several";
		throw new UserError([{ code: "ambiguous-flag", message, hint: "name the document of the one you mean" }]);
	}
	const prepared = await prepareApis(selected, { io, allowRemote: flags.allowRemote ?? false });
	requireMatches(prepared, [...(flags.operation ?? []), ...(flags.exclude ?? [])]);
	return gatherProblems(prepared, async (each) => {
		requireTarget(each);
		const { ledger } = each.api;
		return ledger === undefined ? each : { ...each, ledger: await loadLedger(ledger, io.cwd) };
	});
}

/** Flags go over the configuration; then the variables that are still needed are put in. */
export function withFlags(
	selected: SelectedApi,
	flags: Pick<CheckFlags, "header" | "identity" | "ledger" | "target">,
	io: TerminalIo,
): SelectedApi {
	const { name, file = "the command line" } = selected;
	const { start, headers = {}, identities = {}, ...rest } = selected.api;
	const given = flags.header ?? {};
	const kept = Object.entries(headers).filter(([header]) => !(header.toLowerCase() in given));
	const place = { at: `apis.${name}`, file };
	const substituted = substitute({ ...rest, headers: Object.fromEntries(kept), identities }, io.environment, place);
	const api = {
		...substituted,
		headers: { ...lowerNames(substituted.headers), ...given },
		identities: mapValues({ ...substituted.identities, ...loadIdentities(flags.identity, io) }, identityOf),
		...(flags.ledger === undefined ? {} : { ledger: flags.ledger }),
		...(flags.target === undefined ? {} : { target: flags.target }),
		// A target that is named runs already.
		...(start === undefined || flags.target !== undefined ? {} : { start }),
	};
	return { ...selected, api };
}

function lowerNames(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function mapValues<Value, Result>(
	record: Readonly<Record<string, Value>>,
	map: (value: Value) => Result,
): Readonly<Record<string, Result>> {
	return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function requireTarget({ name, api, file }: ReadyApi): void {
	if (api.target !== undefined || api.start !== undefined) return;
	const place = file === undefined ? {} : { place: { file } };
	const message = `nothing says where ${name} runs`;
	throw new UserError([{ code: "no-target", message, ...place, hint: "say --target http://127.0.0.1:8080" }]);
}

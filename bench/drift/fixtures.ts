import { fileURLToPath } from "node:url";
import { ARTICLE_FAULTS } from "../../src/check/fixture/article-faults.ts";
import { ARTICLE_TWINS } from "../../src/check/fixture/article-twins.ts";
import { type Switch as ArticleSwitch, articles } from "../../src/check/fixture/articles.ts";
import { FILE_FAULTS } from "../../src/check/fixture/file-faults.ts";
import { FILE_TWINS } from "../../src/check/fixture/file-twins.ts";
import { OPTIONS as FILE_OPTIONS, type Switch as FileSwitch, files } from "../../src/check/fixture/files.ts";
import { HISTORY_FAULTS } from "../../src/check/fixture/history-faults.ts";
import { METER_OPTIONS, type MeterSwitch, meter } from "../../src/check/fixture/meter.ts";
import { METER_FAULTS, METER_TWINS } from "../../src/check/fixture/meter-faults.ts";
import { NOTE_FAULTS } from "../../src/check/fixture/note-faults.ts";
import { NOTE_TWINS } from "../../src/check/fixture/note-twins.ts";
import { notes, type Turn } from "../../src/check/fixture/notes.ts";
import { playlists } from "../../src/check/fixture/playlists.ts";
import { ONE_AFTER_ANOTHER, RACE_FAULTS } from "../../src/check/fixture/race-faults.ts";
import { REPORTED } from "../../src/check/fixture/reported/reported.ts";
import { type Routes, serve } from "../../src/check/fixture/serve.ts";
import { TEAM_FAULTS } from "../../src/check/fixture/team-faults.ts";
import { TEAM_TWINS } from "../../src/check/fixture/team-twins.ts";
import { OPTIONS as TEAM_OPTIONS, type Switch as TeamSwitch, teams } from "../../src/check/fixture/teams.ts";
import { TICKET_FAULTS } from "../../src/check/fixture/ticket-faults.ts";
import { TICKET_OPTIONS, type TicketSwitch, tickets } from "../../src/check/fixture/tickets.ts";
import { VAULT_OPTIONS, type VaultSwitch, vault } from "../../src/check/fixture/vault.ts";
import { VAULT_FAULTS } from "../../src/check/fixture/vault-faults.ts";
import { VAULT_TWINS } from "../../src/check/fixture/vault-twins.ts";
import { type Switch as WorkspaceSwitch, workspace } from "../../src/check/fixture/workspace.ts";
import { WORKSPACE_FAULTS } from "../../src/check/fixture/workspace-faults.ts";
import { WORKSPACE_TWINS } from "../../src/check/fixture/workspace-twins.ts";
import type { CheckOptions } from "../../src/check/run.ts";
import type { Subject } from "./subject.ts";

interface Family<Turn> {
	readonly family: string;
	readonly routes: (...turns: readonly Turn[]) => Routes;
	readonly options?: Partial<CheckOptions>;
	readonly twins: Readonly<Record<string, Turn>>;
	/** Without `found` a fault counts as found when there is a finding of drift at all. */
	readonly faults: Readonly<Record<string, { readonly turn: Turn; readonly found?: string }>>;
}

/** The small faulty servers of the tests, the twins that only look faulty, and each as documented. */
export function fixtureSubjects(): readonly Subject[] {
	return [
		...ofFamily<ArticleSwitch>({
			family: "articles",
			routes: articles,
			twins: { ...ARTICLE_TWINS, "does one thing after another": ONE_AFTER_ANOTHER },
			faults: {
				...ARTICLE_FAULTS,
				...RACE_FAULTS,
				...Object.fromEntries(Object.entries(HISTORY_FAULTS).map(([name, turn]) => [name, { turn }])),
			},
		}),
		...ofFamily<TeamSwitch>({
			family: "teams",
			routes: teams,
			options: TEAM_OPTIONS,
			twins: TEAM_TWINS,
			faults: TEAM_FAULTS,
		}),
		...ofFamily<FileSwitch>({
			family: "files",
			routes: files,
			options: FILE_OPTIONS,
			twins: FILE_TWINS,
			faults: FILE_FAULTS,
		}),
		...ofFamily<Turn>({ family: "notes", routes: notes, twins: NOTE_TWINS, faults: NOTE_FAULTS }),
		...ofFamily<VaultSwitch>({
			family: "vault",
			routes: vault,
			options: VAULT_OPTIONS,
			twins: VAULT_TWINS,
			faults: VAULT_FAULTS,
		}),
		...ofFamily<MeterSwitch>({
			family: "meter",
			routes: meter,
			options: METER_OPTIONS,
			twins: METER_TWINS,
			faults: METER_FAULTS,
		}),
		...ofFamily<WorkspaceSwitch>({
			family: "workspace",
			routes: workspace,
			twins: Object.fromEntries(Object.entries(WORKSPACE_TWINS).map(([name, { turn }]) => [name, turn])),
			faults: WORKSPACE_FAULTS,
		}),
		...ofFamily<TicketSwitch>({
			family: "tickets",
			routes: tickets,
			options: TICKET_OPTIONS,
			twins: {},
			faults: TICKET_FAULTS,
		}),
		...ofFamily<Writes>({
			family: "playlists",
			routes: (ways) => playlists({ tracks: "replace", labels: "replace", ...ways }),
			twins: {},
			faults: Object.fromEntries([...listWrites("tracks"), ...listWrites("labels")]),
		}),
		...reportedSubjects(),
	];
}

type Writes = Partial<Parameters<typeof playlists>[0]>;

/** A set has one name for all that only adds. */
function listWrites(part: "tracks" | "labels"): readonly [string, { turn: Writes; found: string }][] {
	const ways =
		part === "tracks" ? (["append", "prepend", "union", "ignore"] as const) : (["append", "ignore"] as const);
	const operation = part === "tracks" ? "putTracks" : "putLabels";
	return ways.map((way) => [
		`PUT of ${part}: ${way}`,
		{ turn: { [part]: way }, found: `effect of ${operation}: documented replace, observed ${way}` },
	]);
}

function ofFamily<Turn>({ family, routes, options = {}, twins, faults }: Family<Turn>): readonly Subject[] {
	const spec = fixture(`${family}.yaml`);
	const common = { family, spec, overlays: [], options };
	return [
		{ ...common, kind: "correct", name: "as documented", start: () => serve(routes()) },
		...Object.entries(twins).map(
			([name, turn]): Subject => ({ ...common, kind: "twin", name, start: () => serve(routes(turn)) }),
		),
		...Object.entries(faults).map(([name, { turn, found }]): Subject => {
			const expected = found === undefined ? {} : { found };
			return { ...common, ...expected, kind: "fault", name, start: () => serve(routes(turn)) };
		}),
	];
}

/** Each has its own service that is as documented; those of one document are one family. */
function reportedSubjects(): readonly Subject[] {
	const correct = new Set<string>();
	return Object.entries(REPORTED).flatMap(([name, { document, faulty, sound, found }]): readonly Subject[] => {
		const family = `reported ${document.replace(".yaml", "")}`;
		const common = { family, spec: fixture(`reported/${document}`), overlays: [], options: {} };
		const fault: Subject = { ...common, kind: "fault", name, found, start: () => serve(faulty()) };
		if (correct.has(family)) return [fault];
		correct.add(family);
		return [{ ...common, kind: "correct", name: "as documented", start: () => serve(sound()) }, fault];
	});
}

function fixture(file: string): string {
	return fileURLToPath(new URL(`../../src/check/fixture/${file}`, import.meta.url));
}

import { type Listing, type Page, type Paging, selectPage } from "./page.ts";
import { newId, type Scope } from "./scope.ts";

/** As the API shows it. */
export interface Project {
	readonly id: string;
	readonly name: string;
	readonly settings: ProjectSettings;
	readonly origins: readonly string[];
	readonly redirects: readonly string[];
	readonly created_at: string;
	readonly updated_at: string;
}

export interface ProjectSettings {
	readonly session_minutes: number;
	readonly sign_up: boolean;
	readonly mfa: "off" | "optional" | "required";
}

/** What a request sends; of a patch, too. */
export interface ProjectBody {
	readonly name?: string;
	readonly settings?: Partial<ProjectSettings>;
	readonly origins?: readonly string[];
	readonly redirects?: readonly string[];
}

export interface Projects {
	create(scope: Scope, body: ProjectBody): Promise<Project>;
	list(scope: Scope, paging: Paging): Promise<Page<Project>>;
	/** Locked until the transaction ends when it is to be changed. */
	get(scope: Scope, id: string, lock?: "for update"): Promise<Project | undefined>;
	save(scope: Scope, project: Project): Promise<void>;
}

/** What a project has where the request says nothing. */
export const DEFAULT_PROJECT_SETTINGS: ProjectSettings = { session_minutes: 60, sign_up: true, mfa: "off" };

export const projects: Projects = {
	create: async (scope, { name = "", settings, origins = [], redirects = [] }) => {
		const time = scope.now.toISOString();
		const project: Project = {
			id: newId(),
			name,
			settings: { ...DEFAULT_PROJECT_SETTINGS, ...settings },
			origins,
			redirects,
			created_at: time,
			updated_at: time,
		};
		await scope.sql.query(
			`insert into projects (id, tenant_id, name, settings, origins, redirects, created_at, updated_at)
			values ($1, $2, $3, $4, $5, $6, $7, $7)`,
			[project.id, scope.tenant, name, ...listsOf(project), scope.now],
		);
		return project;
	},
	list: (scope, paging) => selectPage(scope, listingOf(scope), { paging, show: showProject }),
	get: async ({ sql, tenant }, id, lock) => {
		const [row] = await sql.query<ProjectRow>(
			`select ${COLUMNS} from projects where tenant_id = $1 and id = $2 ${lock ?? ""}`,
			[tenant, id],
		);
		return row === undefined ? undefined : showProject(row);
	},
	save: async ({ sql, tenant, now }, project) => {
		await sql.query(
			`update projects set name = $3, settings = $4, origins = $5, redirects = $6, updated_at = $7
			where tenant_id = $1 and id = $2`,
			[tenant, project.id, project.name, ...listsOf(project), now],
		);
	},
};

/** Fields that are sent take the place of the old ones, lists as a whole; of the settings, those that are sent. */
export function patchProject(project: Project, patch: ProjectBody, now: Date): Project {
	return {
		...project,
		...patch,
		settings: { ...project.settings, ...patch.settings },
		updated_at: now.toISOString(),
	};
}

type ProjectRow = {
	readonly [Column in keyof Project]: Column extends "created_at" | "updated_at" ? Date : string;
};

const COLUMNS = "serial, id, name, settings, origins, redirects, created_at, updated_at";

function listingOf({ tenant }: Scope): Listing {
	return { columns: COLUMNS, from: "projects where tenant_id = $1", values: [tenant] };
}

function listsOf({ settings, origins, redirects }: Project): readonly string[] {
	return [settings, origins, redirects].map((value) => JSON.stringify(value));
}

export function showProject(row: ProjectRow): Project {
	return {
		id: row.id,
		name: row.name,
		settings: JSON.parse(row.settings),
		origins: JSON.parse(row.origins),
		redirects: JSON.parse(row.redirects),
		created_at: row.created_at.toISOString(),
		updated_at: row.updated_at.toISOString(),
	};
}

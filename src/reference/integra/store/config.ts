import type { Scope } from "./scope.ts";

/** Settings of the platform, as the API shows them. */
export interface Config {
	readonly platform_name: string;
	readonly support_email: string;
	readonly session_minutes: number;
	readonly sign_up: boolean;
	readonly notifications: { readonly email: boolean; readonly webhook: boolean };
	readonly updated_at: string;
}

/** Settings that change; those that are left out stay. */
export type ConfigPatch = Partial<Omit<Config, "updated_at" | "notifications">> & {
	readonly notifications?: Partial<Config["notifications"]>;
};

export interface ConfigStore {
	get(scope: Scope): Config;
	save(scope: Scope, config: Config): void;
}

/** What holds until somebody changes it. */
export const FIRST_CONFIG: Omit<Config, "updated_at"> = {
	platform_name: "Integra",
	support_email: "support@example.com",
	session_minutes: 60,
	sign_up: true,
	notifications: { email: true, webhook: false },
};

export const config: ConfigStore = {
	get: ({ sql }) => {
		const row = sql.get<ConfigRow>("select value, updated_at from config");
		if (row === undefined) return { ...FIRST_CONFIG, updated_at: new Date(0).toISOString() };
		return { ...(JSON.parse(row.value) as Omit<Config, "updated_at">), updated_at: row.updated_at };
	},
	save: ({ sql }, { updated_at, ...value }) => {
		sql.run(
			"insert or replace into config (id, value, updated_at) values (1, ?, ?)",
			JSON.stringify(value),
			updated_at,
		);
	},
};

interface ConfigRow {
	readonly [column: string]: unknown;
	readonly value: string;
	readonly updated_at: string;
}

/** What is sent changes, on both levels; the rest stays. */
export function patchConfig(before: Config, { notifications, ...patch }: ConfigPatch, now: Date): Config {
	const told = { ...before.notifications, ...notifications };
	return { ...before, ...patch, notifications: told, updated_at: now.toISOString() };
}

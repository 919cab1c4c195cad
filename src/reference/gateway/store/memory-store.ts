import { secretDigest } from "../../secret/secret-matcher.ts";
import type { AppConfig } from "../app-config.ts";
import { createCallWindows } from "./call-windows.ts";
import { CIDS_MAX, type CidsWritten, type Store } from "./store.ts";

interface App {
	config: AppConfig;
	cids: Set<string>;
}

/**
 * A store that lives and dies with the process. No function waits between reading and writing, which makes each
 * atomic.
 *
 * @param clock milliseconds since some fixed moment
 */
export function createMemoryStore(clock: () => number): Store {
	const apps = new Map<string, App>();
	const owners = new Map<string, string>();
	const windows = createCallWindows(clock);

	const saveApp = (appId: string, config: AppConfig): "saved" | "key-in-use" => {
		const digest = config.apiKey === undefined ? undefined : secretDigest(config.apiKey);
		const owner = digest === undefined ? undefined : owners.get(digest);
		if (owner !== undefined && owner !== appId) return "key-in-use";
		releaseKey(appId);
		if (digest !== undefined) owners.set(digest, appId);
		apps.set(appId, { config, cids: apps.get(appId)?.cids ?? new Set() });
		return "saved";
	};
	const releaseKey = (appId: string): void => {
		const apiKey = apps.get(appId)?.config.apiKey;
		if (apiKey !== undefined) owners.delete(secretDigest(apiKey));
	};
	const writeCids = (appId: string, numbersAfter: (before: Set<string>) => Set<string>): CidsWritten => {
		const app = apps.get(appId);
		if (app === undefined) return { kind: "app-not-found" };
		const after = numbersAfter(app.cids);
		if (after.size > CIDS_MAX) return { kind: "full" };
		app.cids = after;
		return { kind: "written", numbers: [...after].sort() };
	};

	return {
		saveApp: async (appId, config) => saveApp(appId, config),
		loadApp: async (appId) => apps.get(appId)?.config,
		deleteApp: async (appId) => {
			releaseKey(appId);
			windows.forget(appId);
			return apps.delete(appId);
		},
		findAppByKey: async (apiKey) => {
			const appId = owners.get(secretDigest(apiKey));
			const app = appId === undefined ? undefined : apps.get(appId);
			return appId === undefined || app === undefined ? undefined : { appId, rateLimit: app.config.rateLimit };
		},
		replaceCids: async (appId, numbers) => writeCids(appId, () => new Set(numbers)),
		appendCids: async (appId, numbers) => writeCids(appId, (before) => new Set([...before, ...numbers])),
		listCids: async (appId) => {
			const app = apps.get(appId);
			return app === undefined ? undefined : [...app.cids].sort();
		},
		removeCid: async (appId, number) => {
			const app = apps.get(appId);
			if (app === undefined) return "app-not-found";
			return app.cids.delete(number) ? "removed" : "number-not-found";
		},
		hasCid: async (appId, number) => apps.get(appId)?.cids.has(number) ?? false,
		takeCall: async (appId, limit) => (apps.has(appId) ? windows.take(appId, limit) : { kind: "app-not-found" }),
		isReady: () => true,
		close: async () => {},
	};
}

import type { Faults } from "../../fault/fault.ts";
import { appConfigFrom } from "../app-config.ts";
import type { GatewayFault } from "../faults.ts";
import { createCallWindows } from "../store/call-windows.ts";
import type { KeyOwner, Store } from "../store/store.ts";

type StoreFaults = Readonly<Partial<Record<GatewayFault, (store: Store, clock: () => number) => Partial<Store>>>>;

/**
 * A store that behaves as the chosen faults make it, around one that is honest: each fault replaces a few functions
 * and leaves the rest, so faults can be combined.
 */
export function faultyStore(honest: Store, faults: Faults<GatewayFault>, clock: () => number): Store {
	let store = honest;
	for (const [name, change] of Object.entries(STORE_FAULTS)) {
		if (faults.has(name as GatewayFault)) store = Object.assign({}, store, change(store, clock));
	}
	return store;
}

const STORE_FAULTS: StoreFaults = {
	"upsert-clears-cids": (store) => ({
		saveApp: async (appId, config) => {
			const saved = await store.saveApp(appId, config);
			await store.replaceCids(appId, []);
			return saved;
		},
	}),
	"events-dropped": (store) => ({ saveApp: (appId, config) => store.saveApp(appId, { ...config, events: [] }) }),
	"events-truncated": (store) => ({
		saveApp: (appId, config) => store.saveApp(appId, { ...config, events: config.events.slice(0, 1) }),
	}),
	"api-key-masked": (store) => ({
		loadApp: async (appId) => {
			const config = await store.loadApp(appId);
			return config?.apiKey === undefined ? config : { ...config, apiKey: "*".repeat(16) };
		},
	}),
	"shared-key-accepted": (store) => ({
		saveApp: async (appId, config) => {
			const owner = config.apiKey === undefined ? undefined : await store.findAppByKey(config.apiKey);
			const losing = owner === undefined || owner.appId === appId ? undefined : await store.loadApp(owner.appId);
			if (owner !== undefined && losing !== undefined) {
				const { apiKey: _taken, ...keyless } = losing;
				await store.saveApp(owner.appId, keyless);
			}
			return store.saveApp(appId, config);
		},
	}),
	"delete-app-does-nothing": (store) => ({
		deleteApp: async (appId) => (await store.loadApp(appId)) !== undefined,
	}),
	"delete-app-keeps-cids": keepCids,
	"delete-unknown-app-200": (store) => ({
		deleteApp: async (appId) => {
			await store.deleteApp(appId);
			return true;
		},
	}),
	"list-drops-last": (store) => ({
		listCids: async (appId) => (await store.listCids(appId))?.slice(0, -1),
	}),
	"replace-ignores-body": (store) => ({
		replaceCids: async (appId, numbers) =>
			(await store.loadApp(appId)) === undefined
				? { kind: "app-not-found" }
				: { kind: "written", numbers: numbers.toSorted() },
	}),
	"empty-replace-ignored": (store) => ({
		replaceCids: (appId, numbers) =>
			numbers.length === 0 ? store.appendCids(appId, []) : store.replaceCids(appId, numbers),
	}),
	"empty-replace-fails": (store) => ({
		replaceCids: async (appId, numbers) => {
			if (numbers.length === 0) throw new Error("wrong number of arguments for 'sadd' command");
			return store.replaceCids(appId, numbers);
		},
	}),
	"replace-creates-app": (store) => ({
		replaceCids: async (appId, numbers) => {
			if ((await store.loadApp(appId)) === undefined) await store.saveApp(appId, appConfigFrom({}));
			return store.replaceCids(appId, numbers);
		},
	}),
	"cids-of-unknown-app-empty": (store) => ({
		listCids: async (appId) => (await store.listCids(appId)) ?? [],
	}),
	"remove-by-prefix": (store) => ({
		removeCid: async (appId, number) => {
			const removed = await store.removeCid(appId, number);
			const rest = removed === "removed" ? await store.listCids(appId) : undefined;
			if (rest !== undefined)
				await store.replaceCids(
					appId,
					rest.filter((other) => !other.startsWith(number)),
				);
			return removed;
		},
	}),
	"remove-does-nothing": (store) => ({
		removeCid: async (appId, number) =>
			(await store.hasCid(appId, number)) ? "removed" : store.removeCid(appId, number),
	}),
	"remove-unknown-number-200": (store) => ({
		removeCid: async (appId, number) => {
			const removed = await store.removeCid(appId, number);
			return removed === "number-not-found" ? "removed" : removed;
		},
	}),
	"dial-ignores-allow-list": () => ({ hasCid: async () => true }),
	"dial-allow-list-by-prefix": (store) => ({
		hasCid: async (appId, number) =>
			(await store.listCids(appId))?.some((listed) => number.startsWith(listed)) ?? false,
	}),
	"replaced-key-still-works": rememberReplacedKeys,
	"deleted-key-still-works": rememberDeletedKeys,
	"rate-limit-per-server": (_store, clock) => {
		const windows = createCallWindows(clock);
		return { takeCall: async (_appId, limit) => windows.take("all apps", limit) };
	},
	"rate-limit-off-by-one": (store) => ({ takeCall: (appId, limit) => store.takeCall(appId, limit + 1) }),
	"rate-limit-not-enforced": () => ({ takeCall: async () => ({ kind: "taken" }) }),
	"zero-is-unlimited": (store) => ({
		findAppByKey: async (apiKey) => {
			const owner = await store.findAppByKey(apiKey);
			return owner === undefined ? undefined : { ...owner, rateLimit: owner.rateLimit || UNLIMITED };
		},
	}),
	// The last of the table, so that it folds the ids for the other faults, too.
	"app-ids-ignore-case": (store) => ({
		saveApp: (appId, config) => store.saveApp(appId.toLowerCase(), config),
		loadApp: (appId) => store.loadApp(appId.toLowerCase()),
		deleteApp: (appId) => store.deleteApp(appId.toLowerCase()),
		replaceCids: (appId, numbers) => store.replaceCids(appId.toLowerCase(), numbers),
		appendCids: (appId, numbers) => store.appendCids(appId.toLowerCase(), numbers),
		listCids: (appId) => store.listCids(appId.toLowerCase()),
		removeCid: (appId, number) => store.removeCid(appId.toLowerCase(), number),
	}),
};

const UNLIMITED = 1_000_000_000;

/** The allow-list of a deleted app waits for the next app of that name. */
function keepCids(store: Store): Partial<Store> {
	const kept = new Map<string, readonly string[]>();
	return {
		deleteApp: async (appId) => {
			const numbers = await store.listCids(appId);
			if (numbers !== undefined) kept.set(appId, numbers);
			return store.deleteApp(appId);
		},
		saveApp: async (appId, config) => {
			const saved = await store.saveApp(appId, config);
			const numbers = kept.get(appId);
			if (saved === "saved" && kept.delete(appId)) await store.appendCids(appId, numbers ?? []);
			return saved;
		},
	};
}

/** The index of keys only ever grows with an upsert. */
function rememberReplacedKeys(store: Store): Partial<Store> {
	const replaced = new Map<string, string>();
	return {
		saveApp: async (appId, config) => {
			const before = (await store.loadApp(appId))?.apiKey;
			const saved = await store.saveApp(appId, config);
			if (saved === "saved" && before !== undefined) replaced.set(before, appId);
			return saved;
		},
		findAppByKey: async (apiKey) => {
			const appId = replaced.get(apiKey);
			const known = await store.findAppByKey(apiKey);
			const config = known !== undefined || appId === undefined ? undefined : await store.loadApp(appId);
			return appId === undefined || config === undefined ? known : { appId, rateLimit: config.rateLimit };
		},
	};
}

/** The index of keys is left alone when an app goes. */
function rememberDeletedKeys(store: Store): Partial<Store> {
	const deleted = new Map<string, KeyOwner>();
	return {
		deleteApp: async (appId) => {
			const config = await store.loadApp(appId);
			if (config?.apiKey !== undefined) deleted.set(config.apiKey, { appId, rateLimit: config.rateLimit });
			return store.deleteApp(appId);
		},
		findAppByKey: async (apiKey) => (await store.findAppByKey(apiKey)) ?? deleted.get(apiKey),
		takeCall: async (appId, limit) => {
			const taken = await store.takeCall(appId, limit);
			return taken.kind === "app-not-found" ? { kind: "taken" } : taken;
		},
	};
}

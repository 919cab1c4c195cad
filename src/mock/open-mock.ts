import { loadContract } from "../contract/load.ts";
import { inferModel } from "../model/infer.ts";
import type { Model } from "../model/model.ts";
import type { Listening } from "./adapter/node-server.ts";
import { type Clock, createClock } from "./clock.ts";
import { parseFault } from "./fault/fault.ts";
import { createMock, type Mock, type MockListenOptions, type MockOptions } from "./mock.ts";
import type { Scenario } from "./scenario/scenario.ts";
import type { StateEditor } from "./state/edit-state.ts";
import type { Snapshot } from "./state/snapshot.ts";

/** What a mock is made of. Only `spec` is needed. */
export interface OpenMockOptions
	extends Pick<
		MockOptions,
		"seed" | "drift" | "identities" | "unknown" | "now" | "bodyBytesMax" | "onNote" | "onError"
	> {
	/** The OpenAPI document: a file, a URL, or the document itself as an object. */
	readonly spec: string | object;
	/** OpenAPI Overlays, applied in this order. */
	readonly overlay?: string | readonly string[];
	/** Seed data, identities, limits and faults: a file, or what stands in one as an object. */
	readonly scenario?: string | object;
	/** What goes wrong on purpose, besides what the scenario names: `listApps: status=503, rate=0.1`. */
	readonly faults?: readonly string[];
	/** What file names are relative to; the current directory when not given. */
	readonly cwd?: string;
	/** Whether `$ref`s may lead to other machines; no when not given. */
	readonly allowRemote?: boolean;
}

/** A backend inside this process. Its document is loaded when it is first used. */
export interface OpenMock {
	/**
	 * Answers a request without a port; like the global `fetch`, whose place it can take.
	 *
	 * @example const answer = await mock.fetch("/apps/my-app", { method: "DELETE" })
	 */
	readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
	/**
	 * Serves over HTTP on a free port of this machine, or where it is told to.
	 *
	 * @throws UserError when the port is in use
	 * @example const { url } = await mock.listen()
	 */
	listen(options?: Partial<MockListenOptions>): Promise<Listening>;
	/**
	 * Puts back what was there before the first request, in a time that does not depend on how much there is.
	 *
	 * @example beforeEach(() => mock.reset())
	 */
	reset(): Promise<void>;
	/**
	 * All that is true now, to be restored or compared.
	 *
	 * @example const before = await mock.snapshot()
	 */
	snapshot(): Promise<Snapshot>;
	/** @example await mock.restore(before) */
	restore(snapshot: Snapshot): Promise<void>;
	/**
	 * What the mock holds: read, set up and taken away by path.
	 *
	 * @example await mock.state.set("apps/my-app", { rate_limit: 5 })
	 */
	readonly state: OpenState;
	/**
	 * What goes wrong on purpose, switched while it serves.
	 *
	 * @example await mock.setFaults(["listApps: status=503, rate=0.1", "latency=100-500ms"])
	 */
	setFaults(faults: readonly string[]): Promise<void>;
	/**
	 * The time that the mock goes by.
	 *
	 * @example mock.clock.advance(60_000)
	 */
	readonly clock: Clock;
	/** Stops listening, wherever it does. */
	close(): Promise<void>;
	[Symbol.asyncDispose](): Promise<void>;
}

/** `StateEditor`, of a mock that may have to be loaded first. */
export type OpenState = {
	readonly [Name in keyof StateEditor]: (
		...given: Parameters<StateEditor[Name]>
	) => Promise<ReturnType<StateEditor[Name]>>;
};

/**
 * Makes a stateful backend from an OpenAPI document. Two mocks share nothing.
 *
 * A document, overlay or scenario that cannot be used makes the first call fail with a `UserError` that lists every
 * problem with file, line and hint.
 *
 * @example
 * const mock = createMock({ spec: "openapi.yaml" });
 * await mock.fetch("/apps/my-app", { method: "PUT", body: JSON.stringify({ rate_limit: 5 }) });
 * const app = await (await mock.fetch("/apps/my-app")).json();
 */
export function openMock(options: OpenMockOptions): OpenMock {
	const clock = createClock(options.now ?? Date.now);
	let loading: Promise<Mock> | undefined;
	const ready = (): Promise<Mock> => {
		loading ??= loadMock(options, clock);
		return loading;
	};
	const listening = new Set<Listening>();
	const close = async (): Promise<void> => {
		const open = [...listening];
		listening.clear();
		await Promise.all(open.map((one) => one.close()));
	};
	return {
		fetch: async (input, init) => (await ready()).fetch(toRequest(input, init)),
		listen: async ({ port = 0, host = "127.0.0.1", ...control } = {}) => {
			const one = await (await ready()).listen({ port, host, ...control });
			listening.add(one);
			return one;
		},
		reset: async () => (await ready()).reset(),
		snapshot: async () => (await ready()).snapshot(),
		restore: async (snapshot) => (await ready()).restore(snapshot),
		state: {
			get: async (path) => (await ready()).state.get(path),
			set: async (path, value) => (await ready()).state.set(path, value),
			remove: async (path) => (await ready()).state.remove(path),
			all: async () => (await ready()).state.all(),
		},
		setFaults: async (texts) => (await ready()).faults.set(texts.map(parseFault)),
		clock,
		close,
		[Symbol.asyncDispose]: close,
	};
}

async function loadMock(options: OpenMockOptions, clock: Clock): Promise<Mock> {
	const {
		spec,
		overlay,
		scenario: given,
		cwd = process.cwd(),
		allowRemote = false,
		now: _now,
		faults = [],
		...rest
	} = options;
	const overlays = [overlay ?? []].flat();
	const contract = await loadContract({ spec, overlays, cwd, allowRemote });
	const model = inferModel(contract, { guesses: true });
	const scenario = given === undefined ? undefined : await readScenario(given, { model, cwd });
	return createMock({
		journal: true,
		...rest,
		contract,
		model,
		clock,
		faults: faults.map(parseFault),
		...(scenario === undefined ? {} : { scenario }),
	});
}

/** What reads scenarios is loaded for those who have one. */
async function readScenario(given: string | object, { model, cwd }: { model: Model; cwd: string }): Promise<Scenario> {
	const { loadScenario, parseScenario } = await import("./scenario/load-scenario.ts");
	if (typeof given === "string") return loadScenario({ file: given, model, cwd });
	return parseScenario(JSON.stringify(given, undefined, 2), "the scenario", model);
}

/** No name that a request could go to: a path alone is enough here. */
const BASE = "http://mock.invalid";

function toRequest(input: string | URL | Request, init: RequestInit | undefined): Request {
	return new Request(typeof input === "string" ? new URL(input, BASE) : input, init);
}

import type { Contract } from "../contract/contract.ts";
import { lazy } from "../contract/lazy.ts";
import { type Model, withIdentities } from "../model/model.ts";
import type { Problem } from "../problem/problem.ts";
import { createValidation, type Validation } from "../schema/validate.ts";
import { type Listening, type ListenOptions, listenNode } from "./adapter/node-server.ts";
import { fetchWeb } from "./adapter/web-fetch.ts";
import { usualErrorForm } from "./answer/error-form.ts";
import { identifyingNames } from "./answer/facts.ts";
import { type Clock, createClock } from "./clock.ts";
import { createControl } from "./control/control.ts";
import type { Desk } from "./desk.ts";
import { injectDrifts } from "./drift.ts";
import { examine } from "./examine.ts";
import type { Fault } from "./fault/fault.ts";
import { createFaults, type Faults } from "./fault/faults.ts";
import { createJournal, type Journal } from "./journal/journal.ts";
import { createNotes } from "./notes.ts";
import { withPageLengths } from "./page-length.ts";
import { createIdentities, type GivenIdentities, identitiesOf } from "./request/identities.ts";
import { EMPTY_SCENARIO, type Scenario } from "./scenario/scenario.ts";
import { createSeeder } from "./scenario/seed-store.ts";
import { createService, type DocumentedService } from "./serve.ts";
import { createStateEditor, type StateEditor } from "./state/edit-state.ts";
import { createInventor } from "./state/invent.ts";
import { createIssuer } from "./state/issue.ts";
import { findMisfits } from "./state/misfits.ts";
import { createSnapshot, type Snapshot } from "./state/snapshot.ts";
import { createMemoryStore } from "./store/memory-store.ts";
import { type Summary, summarize } from "./summary.ts";

export interface MockOptions {
	readonly contract: Contract;
	readonly model: Model;
	/** The same seed makes the same values; 1 when not given. */
	readonly seed?: number;
	/** Each `OPERATION=RIVAL`: the mock then behaves as that rival does. */
	readonly drift?: readonly string[];
	readonly scenario?: Scenario;
	/** Whether the last requests are remembered, with why each was answered as it was. */
	readonly journal?: boolean;
	/** Whether an id that nobody made is answered as the document says, or is made to exist; `refuse` when not given. */
	readonly unknown?: "refuse" | "conjure";
	/** They go with those of the scenario. */
	readonly faults?: readonly Fault[];
	/** By security scheme; they go before those of the scenario. */
	readonly identities?: GivenIdentities;
	/** Milliseconds since 1970; the clock of this machine when not given. */
	readonly now?: () => number;
	/** In the place of one that goes by `now`. */
	readonly clock?: Clock;
	/** Longer bodies are answered 413; 1 MiB when not given. */
	readonly bodyBytesMax?: number;
	/** Told when something comes up that the document says and that cannot be served. */
	readonly onNote?: (problem: Problem) => void;
	/** Told of a mistake of the mock itself. */
	readonly onError?: (error: unknown) => void;
}

export interface MockListenOptions extends ListenOptions {
	readonly control?: boolean;
	readonly controlToken?: string;
}

export interface Mock {
	/** Answers a request without a port. */
	fetch(request: Request): Promise<Response>;
	/**
	 * @param options with `control: false` nobody can look into it or change it, with `controlToken` only who has that
	 * @throws UserError when the port is in use
	 */
	listen(options: MockListenOptions): Promise<Listening>;
	describe(): Summary;
	/** Back to what was there before the first request. It costs the same however much there is. */
	reset(): void;
	/** All that is true now, to come back to. */
	snapshot(): Snapshot;
	/** @throws Error when another mock made it */
	restore(snapshot: Snapshot): void;
	/** Takes over what another mock held, and tells what does not fit this document. */
	adopt(snapshot: Snapshot): readonly string[];
	readonly state: StateEditor;
	readonly clock: Clock;
	readonly faults: Faults;
	/** How many items of a resource there are, in whatever parents. */
	count(resource: string): number;
	/** Undefined when it is not kept. */
	readonly journal: Journal | undefined;
	readonly model: Model;
	readonly service: DocumentedService;
}

const BODY_BYTES_MAX = 1_048_576;
/** Of larger documents, examples are judged and data is made when they are first served. */
const EXAMINED_OPERATIONS_MAX = 60;

/**
 * Makes a stateful backend from a document: what is posted can be read, listed, replaced and deleted, under the guards
 * of the document, in its own forms. Two mocks share nothing.
 *
 * @throws UserError when a drift names what there is not
 * @example const mock = createMock({ contract, model: inferModel(contract) }); await mock.fetch(new Request("http://mock/apps/a"))
 */
export function createMock(options: MockOptions): Mock {
	const { contract, seed = 1, scenario = EMPTY_SCENARIO, bodyBytesMax = BODY_BYTES_MAX, drift = [] } = options;
	const callers = scenario.callers ?? [];
	const known = callers.length === 0 ? options.model : withIdentities(options.model, identitiesOf(callers));
	const model = withPageLengths(injectDrifts(known, drift));
	const clock = options.clock ?? createClock(options.now ?? Date.now);
	const notes = createNotes(contract, options.onNote);
	const validation = validationOf(contract);
	const desk: Desk = {
		model,
		store: createMemoryStore({
			now: clock.now,
			lookedUp: credentialFields(model),
			// Who misbehaves may show what was removed.
			remembered: drift.length === 0 ? unlistedResources(model) : new Set(model.resources.keys()),
		}),
		validation,
		inventor: createInventor(seed, notes),
		issuer: createIssuer(seed, validation),
		notes,
		now: clock.now,
		identifying: lazy(() => identifyingNames(model)),
		usualForm: lazy(() => usualErrorForm(contract)),
	};
	const seeder = createSeeder(desk, scenario);
	const identities = createIdentities(model, { ...scenario.identities, ...options.identities }, callers);
	const faults = createFaults(seed, [...(scenario.faults ?? []), ...(options.faults ?? [])]);
	const journal = options.journal === true ? createJournal() : undefined;
	const service = createService(desk, { identities, seeder, faults, journal, unknown: options.unknown ?? "refuse" });
	const onError = options.onError ?? ((error: unknown) => console.error(error));
	const mock: Mock = {
		fetch: (request) => fetchWeb(service, request, bodyBytesMax),
		listen: ({ control: isControlled = true, controlToken: token, ...where }) => {
			const control = isControlled ? createControl({ apis: () => [{ name: "mock", mock }], token }) : undefined;
			return listenNode(service, { ...where, bodyBytesMax, onError, control });
		},
		describe: () => {
			// A large document is served before all of it has been looked at.
			const isSmall = contract.operations.length <= EXAMINED_OPERATIONS_MAX;
			if (isSmall) examine(desk, seeder);
			return summarize(model, isSmall ? desk.store : undefined, { seed, problems: notes.list() });
		},
		reset: () => {
			seeder.reset();
			faults.reset();
		},
		snapshot: () => createSnapshot(seeder.save()),
		restore: ({ data }) => seeder.restore(data),
		adopt: ({ data }) => {
			seeder.adopt(data);
			return findMisfits(desk, data);
		},
		state: createStateEditor(desk, seeder),
		clock,
		faults,
		count: (resource) => {
			seeder.ensureResource(resource);
			return desk.store.count(resource);
		},
		journal,
		model,
		service,
	};
	return mock;
}

/** Compiled schemas are no state: whoever makes a mock for each test compiles a document once. */
const validations = new WeakMap<Contract, Validation>();

function validationOf(contract: Contract): Validation {
	const validation = validations.get(contract) ?? createValidation({ answeredNulls: "written" });
	validations.set(contract, validation);
	return validation;
}

/** What is taken away there stays away, although anything else may be there. */
function unlistedResources(model: Model): ReadonlySet<string> {
	const unlisted = [...model.resources.values()].filter((resource) => resource.unlisted === true);
	return new Set(unlisted.map(({ name }) => name));
}

function credentialFields(model: Model): readonly { readonly resource: string; readonly field: string }[] {
	return [...model.resources.values()].flatMap(({ name: resource, fields }) =>
		[...fields.values()]
			.filter(({ credential }) => credential !== undefined)
			.map(({ name: field }) => ({ resource, field })),
	);
}

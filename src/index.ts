export { type Fault, type FaultsOptions, faultsOf } from "./check/faults-of.ts";
export { type CheckOptions, check } from "./check/run.ts";
export { type Config, defineConfig } from "./cli/config.ts";
export type { Contract } from "./contract/contract.ts";
export { type LoadOptions, loadContract } from "./contract/load.ts";
export type { CheckEvent } from "./finding/event.ts";
export type { Finding } from "./finding/finding.ts";
export { loadLedger } from "./finding/load-ledger.ts";
export { RULES, type Rule } from "./finding/rule.ts";
export type { Run } from "./finding/run.ts";
export type { Listening } from "./mock/adapter/node-server.ts";
export type { Clock } from "./mock/clock.ts";
export {
	type OpenMock as Mock,
	type OpenMockOptions as MockOptions,
	openMock as createMock,
} from "./mock/open-mock.ts";
export { compareSnapshots, type Difference, type Snapshot } from "./mock/state/snapshot.ts";
export { explain } from "./model/explain.ts";
export { inferModel } from "./model/infer.ts";
export type { Model } from "./model/model.ts";
export { type Problem, UserError } from "./problem/problem.ts";
export { renderAnnotations, renderStepSummary } from "./report/github.ts";
export { renderHtml } from "./report/html.ts";
export { renderJson } from "./report/json.ts";
export { renderJunit } from "./report/junit.ts";
export { renderMarkdown } from "./report/markdown.ts";
export { renderSarif } from "./report/sarif.ts";
export { renderTerminal } from "./report/terminal.ts";

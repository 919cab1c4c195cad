import { registerHooks } from "node:module";

// GitHub's own parser imports its schemas as JSON without saying so, which Node.js refuses.
registerHooks({
	load: (url, context, next) => {
		const isSchema = url.endsWith(".json") && url.includes("/@actions/workflow-parser/");
		return next(url, isSchema ? { ...context, importAttributes: { type: "json" } } : context);
	},
});

/** What GitHub says against an action or a workflow; empty when it takes it. */
export async function githubErrors(kind: "action" | "workflow", content: string): Promise<readonly string[]> {
	const { NoOperationTraceWriter, parseWorkflow } = await import("@actions/workflow-parser");
	const { parseAction } = await import("@actions/workflow-parser/actions/action-parser");
	const parse = kind === "action" ? parseAction : parseWorkflow;
	const { context } = parse({ name: `${kind}.yml`, content }, new NoOperationTraceWriter());
	return context.errors.getErrors().map(({ message }) => message);
}

/** The rules that a law of the model can be judged by; the full catalogue stands in `finding/rule.ts`. */
export type Rule =
	| "effect"
	| "guard"
	| "ignored-auth"
	| "rate-limit"
	| "scope-ignored"
	| "tenant-leak"
	| "failed-write-changed-state"
	| "paging"
	| "filter"
	| "sort"
	| "reveal-once"
	| "use-after-free";

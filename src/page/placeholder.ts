/**
 * Whether a value only stands for one: `...`, `<id>`, `{id}`, `$KEY`, `YOUR_KEY`, `xxxx`, the name of a type. What it
 * looks like says nothing.
 *
 * @example isPlaceholder("YOUR_ADMIN_API_KEY") // true
 */
export function isPlaceholder(value: unknown): boolean {
	if (typeof value !== "string") return false;
	return (
		/\.\.\.|…|\$\{|\{\{/.test(value) ||
		/^(?:<[^<>]*>|\{[^{}]*\}|\[[^[\]]*\]|\$\w+|%\w+%|x{3,}|X{3,}|\*+|string|number|integer|boolean|uuid|null)$/.test(
			value,
		) ||
		/^(?:[A-Za-z]+ )?(?:your|my|insert|replace|put)[-_ ].*(?:key|token|secret|id|name|here|host|url|password|value)\b/i.test(
			value,
		) ||
		/^(?:Bearer|Basic|Token) (?:<|YOUR|\$|\{)/i.test(value) ||
		/^YOUR_|_HERE$/.test(value)
	);
}

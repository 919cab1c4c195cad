/** @example splitTarget("/apps?limit=5") // ["/apps", "limit=5"] */
export function splitTarget(target: string): readonly [path: string, query: string] {
	const mark = target.indexOf("?");
	return mark < 0 ? [target, ""] : [target.slice(0, mark), target.slice(mark + 1)];
}

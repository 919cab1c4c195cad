/**
 * The words of a name, lower case, with a blank between them.
 *
 * @example wordsOf("createdAt_UTC") // "created at utc"
 */
export function wordsOf(name: string): string {
	return name
		.replace(/([a-z0-9])([A-Z])/g, "$1 $2")
		.replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
		.replace(/[^A-Za-z0-9]+/g, " ")
		.trim()
		.toLowerCase();
}

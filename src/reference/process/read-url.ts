import type { Environment } from "./environment.ts";

/**
 * A URL of one of a few schemes. It may hold a password, so no problem repeats it.
 *
 * @example readUrl(environment, "REDIS_URL", ["redis", "rediss"])
 */
export function readUrl(environment: Environment, name: string, schemes: readonly string[]): string | undefined {
	const url = environment.text(name);
	if (url !== undefined && !isUrlOf(url, schemes)) {
		const wanted = schemes.map((scheme) => `${scheme}://`);
		environment.problems.push(`${name} is not a ${wanted.join(" or ")} URL`);
	}
	return url;
}

export function isUrlOf(text: string, schemes: readonly string[]): boolean {
	return schemes.some((scheme) => text.startsWith(`${scheme}://`)) && URL.canParse(text);
}

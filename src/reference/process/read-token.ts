import type { Environment } from "./environment.ts";

/** The characters of a bearer token (RFC 6750, section 2.1). */
const TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;
const TOKEN_LENGTH_MIN = 12;

/** A bearer token. It is a secret, so no problem repeats it. */
export function readToken(environment: Environment, name: string): string | undefined {
	const token = environment.text(name);
	if (token === undefined) return undefined;
	if (!TOKEN.test(token)) environment.problems.push(`${name} has characters that no bearer token may have`);
	if (token.length < TOKEN_LENGTH_MIN) {
		environment.problems.push(`${name} is shorter than ${TOKEN_LENGTH_MIN} characters`);
	}
	return token;
}

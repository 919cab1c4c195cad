import type { Desk } from "../override.ts";
import type { Field } from "../resource.ts";
import { noteUnknown } from "./note.ts";
import type { Declared } from "./vocabulary.ts";

/** The security scheme that a value satisfies; with it, the field that holds what it is good for. */
export type CredentialWords = string | { readonly scheme: string; readonly scopes?: string };

/** What a property declares of the credentials that it holds. */
export function declaredCredential(
	desk: Desk,
	{ source }: Declared,
	{ said, fields }: { said: CredentialWords | undefined; fields: readonly string[] },
): Pick<Field, "credential" | "scopes"> {
	if (said === undefined) return {};
	const { scheme, scopes } = typeof said === "string" ? { scheme: said, scopes: undefined } : said;
	const { securitySchemes } = desk.contract;
	const at = `${source.pointer}/credential`;
	if (!securitySchemes.has(scheme)) {
		const pointer = typeof said === "string" ? at : `${at}/scheme`;
		const known = [...securitySchemes.keys()];
		noteUnknown(desk, { ...source, pointer }, { what: "security scheme", name: scheme, known });
	}
	if (scopes === undefined) return { credential: scheme };
	if (!fields.includes(scopes)) {
		noteUnknown(desk, { ...source, pointer: `${at}/scopes` }, { what: "field", name: scopes, known: fields });
	}
	return { credential: scheme, scopes };
}

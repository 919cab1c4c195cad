import type { Contract, Operation, SecurityScheme } from "../../contract/contract.ts";
import { disagrees } from "../docket.ts";
import type { Ruling } from "../draft.ts";
import type { Snippet } from "../snippet/snippet.ts";
import { type Shown, saidOf } from "./shown.ts";

/**
 * A request without any of the credentials that its operation needs. Pages often leave them out on purpose, so that this
 * is a surprise; a wrong name of a header is told as that.
 */
export function judgeCredentials(shown: Shown): readonly Ruling[] {
	const { hearing, snippet, operation } = shown;
	const schemes = neededSchemes(hearing.contract, operation);
	if (schemes.length === 0 || schemes.some((scheme) => isSent(scheme, snippet))) return [];
	// Any credential at all shows that the page has thought of it; which one fits, only the service knows.
	if (snippet.headers.some(({ name }) => /authorization|cookie|key|token|secret/i.test(name))) return [];
	const wanted = [...new Set(schemes.map(credentialName))].join(" or ");
	return [
		disagrees(hearing, saidOf(shown, "sends a credential", snippet.line, "credentials"), {
			level: "surprise",
			documented: "no credential",
			observed: `${wanted} is required`,
			message: `The request sends no credential; ${operation.method} ${operation.path} needs ${wanted}.`,
			repair: `Add ${wanted} to the request.`,
		}),
	];
}

/** Empty where some alternative needs none. */
function neededSchemes(contract: Contract, { security }: Operation): readonly SecurityScheme[] {
	if (security.some((alternative) => alternative.length === 0)) return [];
	return security.flat().flatMap(({ scheme }) => contract.securitySchemes.get(scheme) ?? []);
}

function isSent(scheme: SecurityScheme, { headers, path }: Snippet): boolean {
	const hasHeader = (wanted: string): boolean =>
		headers.some(({ name }) => name.toLowerCase() === wanted.toLowerCase());
	if (scheme.kind === "mutual-tls") return true;
	if (scheme.kind !== "api-key") return hasHeader("authorization");
	if (scheme.in === "query") return path.query.some(({ name }) => name === scheme.parameter);
	return hasHeader(scheme.in === "cookie" ? "cookie" : scheme.parameter);
}

function credentialName(scheme: SecurityScheme): string {
	if (scheme.kind !== "api-key") return "Authorization";
	return scheme.in === "cookie" ? `the cookie ${scheme.parameter}` : scheme.parameter;
}

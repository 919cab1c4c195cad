import { UserError } from "../problem/problem.ts";
import { takesConnections } from "./start-target.ts";

const CONNECT_MS = 5_000;

/**
 * Makes sure that something listens at the target, before a check spends its time on it.
 *
 * @throws UserError with the URL when nothing does, or when it is no URL.
 * @example await requireReachable("http://127.0.0.1:8080/v1")
 */
export async function requireReachable(target: string): Promise<void> {
	const url = URL.canParse(target) ? new URL(target) : undefined;
	if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:")) {
		const message = `${JSON.stringify(target)} is not an http or https URL`;
		throw new UserError([{ code: "bad-target", message, hint: "write it like http://127.0.0.1:8080" }]);
	}
	const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
	if (await takesConnections(port, url.hostname.replace(/^\[|\]$/g, ""), CONNECT_MS)) return;
	throw new UserError([
		{
			code: "target-unreachable",
			message: `nothing answers at ${target}`,
			hint: "is the service running, and is this its address?",
		},
	]);
}

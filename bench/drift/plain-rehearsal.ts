import type { Rehearsal } from "../../contracts/dredd/rehearsal.ts";

/** The headers that the URL of this module names go with every request; nothing else is prepared. */
const headers: Readonly<Record<string, string>> = JSON.parse(
	new URL(import.meta.url).searchParams.get("headers") ?? "{}",
);

export const rehearsal: Rehearsal = {
	before: ({ request }) => void Object.assign(request.headers, headers),
	steps: {},
	unprovoked: {},
};

import { expect, test } from "vitest";
import { checkService, linesOf } from "./fixture/check-service.ts";
import { playlists, type Write } from "./fixture/playlists.ts";
import { serve } from "./fixture/serve.ts";

test.each<[Write, readonly string[]]>([
	["replace", []],
	["append", ["effect of putTracks: documented replace, observed append"]],
	["prepend", ["effect of putTracks: documented replace, observed prepend"]],
	["union", ["effect of putTracks: documented replace, observed union"]],
	["ignore", ["effect of putTracks: documented replace, observed ignore"]],
])("on a list, a PUT that does %s is told apart from all others", async (tracks, lines) => {
	const run = await checkService("playlists.yaml", await serve(playlists({ tracks, labels: "replace" })));
	expect(linesOf(run)).toEqual(lines);
});

test.each<[Write, readonly string[]]>([
	["replace", []],
	["append", ["effect of putLabels: documented replace, observed append"]],
	["union", ["effect of putLabels: documented replace, observed append"]],
	["ignore", ["effect of putLabels: documented replace, observed ignore"]],
])("on a set, a PUT that does %s has the name of its class", async (labels, lines) => {
	const run = await checkService("playlists.yaml", await serve(playlists({ tracks: "replace", labels })));
	expect(linesOf(run)).toEqual(lines);
});

import { expect, test } from "vitest";
import { checkService, linesOf } from "./fixture/check-service.ts";
import { halls, type Visit } from "./fixture/halls.ts";
import { Refusal, serve } from "./fixture/serve.ts";

const headers = { "X-Key": "key-of-the-halls" };
const phases = ["examples", "values", "experiments"] as const;

test("a service that wants more than its document says is looked at all the same, and has no drift", async () => {
	const visits: Visit[] = [];
	const run = await checkService("halls.yaml", await serve(halls(visits)), { headers, phases });
	expect(run.findings.filter(({ level }) => level === "drift").map(({ message }) => message)).toEqual([]);
	expect(linesOf(run).filter((line) => line.startsWith("positive-data-acceptance"))).toContain(
		"positive-data-acceptance of createShelf: documented paint as its schema has it is accepted, observed refused with 422",
	);
	const agreed = run.claims.filter(({ verdict }) => verdict === "agrees").map(({ operation }) => operation.id);
	expect(agreed).toEqual(expect.arrayContaining(["getShelf", "deleteShelf", "listShelves"]));
	// What was there before is worked inside of, and stays.
	expect(visits.filter(({ key }) => key !== headers["X-Key"])).toEqual([]);
	expect(run.notes.filter((note) => /stays there|could be taken away/.test(note))).toEqual([]);
});

test("a removal that does nothing is found inside of what others made, with bodies that had to be learned", async () => {
	const routes = { ...halls(), "DELETE /halls/{}/shelves/{}": () => [204] as const };
	const run = await checkService("halls.yaml", await serve(routes), { headers, phases });
	expect(linesOf(run)).toContain("effect of deleteShelf: documented remove, observed ignore");
});

test("labels of all shelves in every list are no habit of the service", async () => {
	const honest = halls();
	const all: unknown[] = [];
	const routes: typeof honest = {
		...honest,
		"POST /halls/{}/shelves/{}/labels": async (asked) => {
			const answer = (await honest["POST /halls/{}/shelves/{}/labels"]?.(asked)) ?? [500];
			all.push(answer[1]);
			return answer;
		},
		"GET /halls/{}/shelves/{}/labels": async (asked) => {
			const answer = (await honest["GET /halls/{}/shelves/{}/labels"]?.(asked)) ?? [500];
			return answer[0] === 200 ? [200, [...new Set([...(answer[1] as unknown[]), ...all])]] : answer;
		},
	};
	const run = await checkService("halls.yaml", await serve(routes), { headers, phases });
	expect(linesOf(run).some((line) => line.includes("listLabels"))).toBe(true);
});

test("who takes any media type gets the documented one", async () => {
	const honest = halls();
	const routes: typeof honest = {
		...honest,
		"GET /halls/{}/shelves/{}": async (asked) => {
			try {
				return (await honest["GET /halls/{}/shelves/{}"]?.(asked)) ?? [500];
			} catch (error) {
				const isPlain = error instanceof Refusal && asked.headers.accept === "*/*";
				if (!isPlain) throw error;
				return [404, "Not Found", { "content-type": "text/plain" }];
			}
		},
	};
	const run = await checkService("halls.yaml", await serve(routes), { headers, phases: ["values"] });
	expect(linesOf(run)).toContain(
		"content-type-conformance of getShelf: documented application/json, observed text/plain",
	);
});

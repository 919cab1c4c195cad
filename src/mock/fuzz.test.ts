import { expect, test } from "vitest";
import { createControl } from "./control/control.ts";
import { fuzz } from "./sample-fuzz.ts";
import { PETS, sampleMock } from "./sample-mock.ts";

/** Many times as many, and for how long: bench/mock/fuzz.ts. */
const COUNT = 2_000;

test("no malformed request brings the mock down, or is answered with a server error", async () => {
	const errors: unknown[] = [];
	const note = (error: unknown): void => void errors.push(error);
	process.on("unhandledRejection", note);
	const { mock } = await sampleMock(PETS, { journal: true, onError: note });
	const { url, close } = await mock.listen({ port: 0, host: "127.0.0.1" });
	const statuses = new Map<number | undefined, number>();
	const wrong: unknown[] = [];
	await fuzz({
		url,
		operations: [...mock.model.contract.operations, { method: "PUT", path: "/__holdfast/state/{name}" }],
		seed: "test",
		count: COUNT,
		connections: 16,
		onAnswer: ({ status, text }, { pieces }) => {
			statuses.set(status, (statuses.get(status) ?? 0) + 1);
			if (status !== undefined && status >= 500) wrong.push([String(pieces[0]).slice(0, 500), text.slice(0, 500)]);
		},
	});
	expect(wrong).toEqual([]);
	expect(errors).toEqual([]);
	expect((await fetch(`${url}/pets`)).status).toBe(200);
	// It came as far as the operations, and not only as far as the door.
	for (const status of [200, 201, 204, 400, 404, 405, 406, 413, 415, 422])
		expect(statuses.get(status), `${status}`).toBeGreaterThan(0);
	const entries = JSON.stringify(
		mock.journal
			?.list()
			.map(
				({ number }) =>
					createControl({ apis: () => [{ name: "pets", mock }] }).answer(
						{ method: "GET", path: `/__holdfast/requests/${number}`, headers: { host: "localhost" } },
						"127.0.0.1",
					).status,
			),
	);
	expect(entries).toMatch(/^\[200(?:,200)*\]$/);
	process.off("unhandledRejection", note);
	await close();
}, 60_000);

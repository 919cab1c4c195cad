import { expect } from "vitest";
import { parse } from "yaml";
import { PETS } from "./mock/sample-mock.ts";
import { testWithMock } from "./vitest.ts";

const test = testWithMock({ spec: parse(PETS), scenario: { data: { pets: 2 } } });

for (const turn of ["one test", "the next one"]) {
	test(`${turn} starts with what the scenario says`, async ({ mock }) => {
		const list = async (): Promise<unknown> => (await fetch(`${mock.url}/pets`)).json();
		expect(await list()).toMatchObject({ total: 2 });
		await mock.state.remove("pets");
		mock.clock.advance(86_400_000);
		expect(await list()).toMatchObject({ total: 0 });
		expect(mock.clock.now() - Date.now()).toBeLessThan(90_000_000);
	});
}

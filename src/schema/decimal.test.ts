import { expect, it } from "vitest";
import { align, isMultipleOf, toDecimal, toNumber } from "./decimal.ts";

it.each([
	[0.3, 0.1, true],
	[19.99, 0.01, true],
	[0.25, 0.1, false],
	[0, 0.1, true],
	[-6, 3, true],
	[1e300, 7, false],
	[1e20, 1e19, true],
	[5e-324, 5e-324, true],
	[1, 1e-300, true],
	[Number.POSITIVE_INFINITY, 1, false],
])("%d is a multiple of %d: %s", (value, divisor, is) => {
	expect(isMultipleOf(value, divisor)).toBe(is);
});

it.each([0, 1, -1.5, 0.1, 1e21, 1e-7, 123456789.123, Number.MAX_VALUE, 5e-324])(
	"%d survives the way to decimal and back",
	(value) => {
		expect(toNumber(toDecimal(value))).toBe(value);
	},
);

it("brings two decimals to one unit", () => {
	expect(align(toDecimal(1.5), toDecimal(0.25))).toEqual({ a: 150n, b: 25n, exponent: -2 });
});

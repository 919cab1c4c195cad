/** A decimal number exactly: `digits × 10^exponent`. */
export interface Decimal {
	readonly digits: bigint;
	readonly exponent: number;
}

/** The decimal that a number is written as; JSON numbers are decimals, and 0.1 is meant to be one tenth. */
export function toDecimal(value: number): Decimal {
	const [mantissa = "0", exponent = "0"] = String(value).split("e");
	const [whole = "0", fraction = ""] = mantissa.split(".");
	return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

/** The nearest number. */
export function toNumber({ digits, exponent }: Decimal): number {
	return Number(`${digits}e${exponent}`);
}

/** Both as whole numbers of the same unit. */
export function align(a: Decimal, b: Decimal): { readonly a: bigint; readonly b: bigint; readonly exponent: number } {
	const exponent = Math.min(a.exponent, b.exponent);
	return {
		a: a.digits * 10n ** BigInt(a.exponent - exponent),
		b: b.digits * 10n ** BigInt(b.exponent - exponent),
		exponent,
	};
}

/**
 * Whether a number is a multiple of another, counted in decimals and not in binary fractions.
 *
 * @example isMultipleOf(0.3, 0.1) // true, though 0.3 % 0.1 is 0.09999999999999998
 */
export function isMultipleOf(value: number, divisor: number): boolean {
	if (!Number.isFinite(value)) return false;
	const { a, b } = align(toDecimal(value), toDecimal(divisor));
	return a % b === 0n;
}

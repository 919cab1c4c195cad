/** So many of the texts that look alike are looked for under a key. */
export const ALIKE_KEYS = 5;

/** Texts that a careless comparison takes for this one, always in the same places; undefined where there is none. */
export function alike(value: string): readonly (string | undefined)[] {
	const swapped = inOtherCase(value);
	// What follows the @ is a name of its own, which patterns often spell out.
	const [name = "", ...host] = value.split(/(?=@)/);
	const swappedName = host.length === 0 ? value : [inOtherCase(name), ...host].join("");
	return [
		`${value}0`,
		`${value}x`,
		`${value}5`,
		value.slice(0, -1) || undefined,
		swapped === value ? undefined : swapped,
		`x${value}`,
		swappedName === value ? undefined : swappedName,
		value.slice(1) || undefined,
	];
}

function inOtherCase(text: string): string {
	return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

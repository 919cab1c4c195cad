/** Environment variables as they come: an empty value counts as unset, as in a compose file. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Reads variables one by one and gathers what is wrong with them, so that all problems are told at once. */
export interface Environment {
	readonly problems: string[];
	text(name: string): string | undefined;
	/** `true` or `1`, `false` or `0`; false when unset. */
	flag(name: string): boolean;
	/** A whole number within bounds, both included. */
	integer(name: string, bounds: { readonly min: number; readonly max: number }): number | undefined;
	/** One of a few words. */
	choice<Word extends string>(name: string, words: readonly Word[]): Word | undefined;
	/** Words separated by commas; empty ones are left out. */
	list(name: string): readonly string[];
}

const FLAGS: Readonly<Record<string, boolean>> = { true: true, "1": true, false: false, "0": false };

/**
 * A reader over environment variables.
 *
 * @example
 * const environment = readEnvironment({ PORT: "8080" });
 * environment.integer("PORT", { min: 0, max: 65535 }); // 8080
 */
export function readEnvironment(variables: Variables): Environment {
	const problems: string[] = [];
	const text = (name: string): string | undefined => variables[name] || undefined;
	const reject = (name: string, expected: string): undefined => {
		problems.push(`${name} is ${JSON.stringify(variables[name])}: expected ${expected}`);
		return undefined;
	};
	return {
		problems,
		text,
		flag: (name) => {
			const value = text(name);
			if (value === undefined) return false;
			return FLAGS[value.toLowerCase()] ?? reject(name, "true or false") ?? false;
		},
		integer: (name, { min, max }) => {
			const value = text(name);
			if (value === undefined) return undefined;
			const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
			return number >= min && number <= max ? number : reject(name, `a whole number from ${min} to ${max}`);
		},
		choice: (name, words) => {
			const value = text(name);
			if (value === undefined) return undefined;
			return words.find((word) => word === value) ?? reject(name, words.join(" or "));
		},
		list: (name) =>
			(text(name) ?? "")
				.split(",")
				.map((word) => word.trim())
				.filter((word) => word !== ""),
	};
}

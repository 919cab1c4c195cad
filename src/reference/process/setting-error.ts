/**
 * The operator is wrong: settings that cannot be used, all of them at once. A server that is started from the
 * command line prints them, one line each, and exits with 2.
 *
 * @example throw new SettingError(['PORT is "http": expected a whole number from 0 to 65535'])
 */
export class SettingError extends Error {
	readonly problems: readonly string[];

	constructor(problems: readonly string[]) {
		super(problems.join("\n"));
		this.name = "SettingError";
		this.problems = problems;
	}
}

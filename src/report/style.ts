import { styleText } from "node:util";

export type Format = Parameters<typeof styleText>[0];
export type Paint = (format: Format, text: string) => string;

/** Colours only when they are asked for; the caller knows whether its output is a terminal. */
export function painter(color: boolean): Paint {
	return color ? (format, text) => styleText(format, text, { validateStream: false }) : (_, text) => text;
}

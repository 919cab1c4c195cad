/** What `@apidevtools/swagger-parser` thinks of a document. It is a second opinion and decides nothing. */
export interface Judgement {
	readonly accepted: boolean;
	/** Why not, in its words; of many reasons the first. */
	readonly message?: string;
}

/**
 * Lets swagger-parser validate a document, without reaching other machines. It is loaded only when asked for, because it
 * costs time and memory, and a document that it refuses or cannot digest is served all the same.
 *
 * @example await judgeDocument("openapi.yaml") // { accepted: true }
 */
export async function judgeDocument(file: string): Promise<Judgement> {
	try {
		const { default: SwaggerParser } = await import("@apidevtools/swagger-parser");
		await SwaggerParser.validate(file, { resolve: { http: false } });
		return { accepted: true };
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		// The first line is the same for every document; the second says what is wrong first.
		const lines = message.split("\n").map((line) => line.trim());
		return { accepted: false, message: lines.slice(0, 2).join(" ").trim() };
	}
}

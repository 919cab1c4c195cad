/** What `@apidevtools/swagger-parser` thinks of a document. It is a second opinion and decides nothing. */
export interface Judgement {
	readonly accepted: boolean;
	/** Why not, in its words, first line. */
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
		return { accepted: false, message: message.split("\n", 1)[0] ?? message };
	}
}

import { type Context, schemaOf } from "./context.ts";
import type { ResponseHeader } from "./contract.ts";
import { normalizeExamples } from "./example.ts";
import { textField } from "./node.ts";
import { child, entriesOf, mapChild, type Part } from "./part.ts";
import { enter, follow } from "./reference.ts";

/**
 * The headers under a key of a response or an encoding. `Content-Type` is left out: the media type says it (OpenAPI 3.1,
 * Response Object). Names keep the case in which the document writes them.
 */
export function normalizeHeaders(context: Context, part: Part): readonly ResponseHeader[] {
	return entriesOf(enter(context, part, "headers")).flatMap(([name, raw]) => {
		if (name.toLowerCase() === "content-type") return [];
		const header = follow(context, raw);
		return header === undefined ? [] : [normalizeHeader(context, name, header)];
	});
}

function normalizeHeader(context: Context, name: string, header: Part): ResponseHeader {
	const carrier = contentOf(header) ?? header;
	const schema = schemaOf(context, child(carrier, "schema"));
	const description = textField(header.value, "description");
	return {
		name,
		required: child(header, "required")?.value === true,
		...(description !== undefined && { description }),
		...(schema !== undefined && { schema }),
		style: "simple",
		explode: child(header, "explode")?.value === true,
		examples: normalizeExamples(context, carrier, carrier !== header),
		source: header.source,
	};
}

/** A value that is serialized by a media type: the first one counts, the specification allows just one. */
export function contentOf(part: Part): Part | undefined {
	const content = mapChild(part, "content");
	const first = content === undefined ? undefined : Object.keys(content.value)[0];
	return first === undefined || content === undefined ? undefined : mapChild(content, first);
}

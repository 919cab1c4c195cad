import type { Operation, Parameter } from "../../contract/contract.ts";
import { valueShapeOf } from "../../contract/value-shape.ts";
import type { ParameterSources } from "../../http/parse-parameter.ts";
import { parseParameter } from "../../http/parse-parameter.ts";
import type { Flaw } from "../../model/call.ts";
import type { Value } from "../../model/value.ts";
import type { Validation, Violation } from "../../schema/validate.ts";

/** The parameters of one place, read from requests. */
export interface ParameterReader {
	/** The values that were sent, by name. What cannot be read is there as its text. */
	read(sources: ParameterSources): { readonly values: Readonly<Record<string, Value>>; readonly readings: Readings };
	/** What they break; kept apart because not every answer needs it. */
	judge(readings: Readings): readonly Flaw[];
}

type Reading = ReturnType<typeof parseParameter>;
type Readings = readonly Reading[];

interface Compiled {
	readonly parameter: Parameter;
	readonly shape: ReturnType<typeof valueShapeOf>;
	readonly check: (value: unknown) => readonly Violation[];
}

const VALID = (): readonly Violation[] => [];

const NOTHING = { values: {}, readings: [] } as const;
/** Most operations document parameters in one or two of the four places. */
const EMPTY: ParameterReader = { read: () => NOTHING, judge: () => [] };

/**
 * Compiles the parameters that an operation documents for a place, so that requests are read and judged by them.
 *
 * @example createParameterReader(operation, "query", validation).read({ query: "limit=5" }).values // { limit: 5 }
 */
export function createParameterReader(
	operation: Operation,
	places: readonly Parameter["in"][],
	validation: Validation,
): ParameterReader {
	const compiled = operation.parameters
		.filter(({ in: place }) => places.includes(place))
		.map((parameter): Compiled => {
			const { schema } = parameter;
			const check = schema === undefined ? VALID : validation.compile(schema, "request");
			return { parameter, shape: valueShapeOf(schema), check };
		});
	if (compiled.length === 0) return EMPTY;
	return {
		read: (sources) => {
			const readings = compiled.map(({ parameter, shape }) => parseParameter(parameter, shape, sources));
			const values: [string, Value][] = [];
			for (const [index, reading] of readings.entries()) {
				const { name } = (compiled[index] as Compiled).parameter;
				const raw = sources.path?.[name];
				if (reading.kind === "value") values.push([name, reading.value]);
				else if (reading.kind === "malformed" && raw !== undefined) values.push([name, raw]);
			}
			return { values: Object.fromEntries(values), readings };
		},
		judge: (readings) => readings.flatMap((reading, index) => flawsOf(reading, compiled[index] as Compiled)),
	};
}

function flawsOf(reading: Reading, { parameter, check }: Compiled): readonly Flaw[] {
	const at = { in: parameter.in === "querystring" ? "query" : parameter.in, at: parameter.name } as const;
	switch (reading.kind) {
		case "absent":
			return parameter.required ? [{ ...at, keyword: "required", message: "is required" }] : [];
		case "malformed":
			return [{ ...at, keyword: "malformed", message: `cannot be read: ${reading.message}` }];
		case "value":
			if (reading.value === "" && parameter.allowEmptyValue) return [];
			return check(reading.value).map(({ keyword, message }) => ({ ...at, keyword, message }));
	}
}

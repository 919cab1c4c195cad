import type { Answer } from "./answer/answer.ts";
import type { MockRequest } from "./request/mock-request.ts";

/** Lets pages of any origin use the mock (Fetch Standard, CORS protocol). */
export interface Cors {
	/** The answer to a preflight; undefined for every other request. Other OPTIONS are requests like any. */
	preflight(request: MockRequest, path: string, query: string): Answer | undefined;
	/** Lets the page that asked read the answer. Costs nothing where no page asks. */
	expose(request: MockRequest, answer: Answer): Answer;
}

const PREFLIGHT_SECONDS = "600";

/** @param methodsAt the documented methods of a path; undefined when it is not documented */
export function createCors(methodsAt: (path: string, query: string) => readonly string[] | undefined): Cors {
	return {
		preflight: ({ method, headers }, path, query) => {
			if (method !== "OPTIONS" || headers.origin === undefined) return undefined;
			if (headers["access-control-request-method"] === undefined) return undefined;
			const methods = methodsAt(path, query);
			if (methods === undefined) return undefined;
			const asked = headers["access-control-request-headers"];
			return {
				status: 204,
				headers: {
					"access-control-allow-methods": methods.join(", "),
					...(asked === undefined ? {} : { "access-control-allow-headers": asked }),
					"access-control-max-age": PREFLIGHT_SECONDS,
				},
			};
		},
		expose: ({ headers: { origin } }, answer) => {
			if (origin === undefined) return answer;
			const names = Object.keys(answer.headers).filter((name) => !name.startsWith("access-control-"));
			return {
				...answer,
				headers: {
					...answer.headers,
					"access-control-allow-origin": origin,
					"access-control-allow-credentials": "true",
					...(names.length === 0 ? {} : { "access-control-expose-headers": names.join(", ") }),
					vary: "Origin",
				},
			};
		},
	};
}

import type { Logger } from "pino";
import { type ErrorForm, handleErrors } from "../../http/handle-errors.ts";
import {
	BODY_TOO_LARGE,
	INTERNAL_ERROR,
	INVALID_JSON,
	invalid,
	NOT_FOUND,
	type Refusal,
	Refused,
	refuse,
	UNAVAILABLE,
	UNSUPPORTED_MEDIA_TYPE,
} from "./refusal.ts";

const FORM: ErrorForm<Refusal> = {
	thrown: (error) => (error instanceof Refused ? error.refusal : undefined),
	invalid,
	usual: {
		noJson: INVALID_JSON,
		notFound: NOT_FOUND,
		tooLarge: BODY_TOO_LARGE,
		otherMediaType: UNSUPPORTED_MEDIA_TYPE,
		unavailable: UNAVAILABLE,
		internal: INTERNAL_ERROR,
	},
	refuse,
	idName: "correlation_id",
};

/** Answers whatever was thrown in the documented form. */
export function createErrorHandler(log: Logger): ReturnType<typeof handleErrors> {
	return handleErrors(FORM, log);
}

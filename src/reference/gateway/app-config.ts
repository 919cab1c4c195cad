/** The configuration of an app. What an upsert leaves out has its default here. */
export interface AppConfig {
	/** The empty string disables webhooks. */
	readonly webhookUrl: string;
	/** Without a key the app cannot dial. */
	readonly apiKey?: string;
	/** Requests per minute as sent: 0 stands for the default. */
	readonly rateLimit: number;
	/** Empty for all events. */
	readonly events: readonly string[];
}

/** What an upsert sends, once it is known to be valid. */
export interface AppConfigBody {
	readonly webhook_url?: string;
	readonly api_key?: string;
	readonly rate_limit?: number;
	readonly events?: readonly string[];
}

/** The canonical event names. */
export const EVENT_NAMES: readonly string[] = [
	"call.initiated",
	"call.ringing",
	"call.answered",
	"call.ended",
	"call.failed",
	"dtmf.received",
	"recording.ready",
	"message.received",
];

/** What a `rate_limit` of 0 stands for, in requests per minute. */
export const DEFAULT_RATE_LIMIT = 100;

/** An upsert overwrites: a field that it leaves out returns to its default. */
export function appConfigFrom(body: AppConfigBody): AppConfig {
	return {
		webhookUrl: body.webhook_url ?? "",
		...(body.api_key === undefined ? {} : { apiKey: body.api_key }),
		rateLimit: body.rate_limit ?? 0,
		events: body.events ?? [],
	};
}

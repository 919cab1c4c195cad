import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import type { Resolve } from "../../webhook-url/bounded-resolver.ts";
import { refuseWebhookUrl, type WebhookUrlRules } from "../../webhook-url/check-webhook-url.ts";
import { judgeReservedName } from "../../webhook-url/reserved-name.ts";

/** What a receiver answered, or why nothing came back. */
export type WebhookAnswer =
	| { readonly kind: "answered"; readonly status: number; readonly body: string }
	| { readonly kind: "unanswered"; readonly reason: string };

export interface WebhookPost {
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly payload: string;
}

export interface SendingRules extends WebhookUrlRules {
	readonly timeoutMs: number;
}

/** What is kept of an answer, in characters; the rest is not read. */
const ANSWER_LENGTH_MAX = 1024;

/**
 * Posts to a receiver. The URL is judged again, because its name may lead elsewhere than it did when the webhook was
 * made, and the connection goes to the very address that was judged. Redirects are answers and are not followed.
 */
export async function sendWebhook(post: WebhookPost, rules: SendingRules): Promise<WebhookAnswer> {
	const url = new URL(post.url);
	const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
	if (isIP(host) === 0 && judgeReservedName(host) === "public") return unanswered("the host name is reserved");
	const address = await pinAddress(post.url, host, rules);
	return typeof address === "string" ? sendTo(address, url, { post, rules }) : unanswered(address.refused);
}

/** The one address that is judged and then called. */
async function pinAddress(
	url: string,
	host: string,
	rules: SendingRules,
): Promise<string | { readonly refused: string }> {
	let found: readonly string[] = isIP(host) === 0 ? [] : [host];
	const resolve: Resolve = async (name) => {
		found = await rules.resolve(name);
		return found;
	};
	const refused = await refuseWebhookUrl(url, { ...rules, resolve });
	if (refused !== undefined) return { refused };
	// A reserved loopback name is judged without being looked up, and means this machine.
	return found[0] ?? (judgeReservedName(host) === "loopback" ? "127.0.0.1" : { refused: "the host does not resolve" });
}

function sendTo(
	address: string,
	url: URL,
	{ post, rules }: { readonly post: WebhookPost; readonly rules: SendingRules },
): Promise<WebhookAnswer> {
	const send = url.protocol === "https:" ? requestHttps : requestHttp;
	return new Promise((resolve) => {
		const request = send(
			url,
			{
				method: "POST",
				headers: { ...post.headers, "content-length": Buffer.byteLength(post.payload) },
				agent: false,
				lookup: (_host, options, done) => {
					const family = isIP(address);
					if (options.all === true) done(null, [{ address, family }]);
					else done(null, address, family);
				},
			},
			(answer) => {
				let body = "";
				const finish = (): void => {
					clearTimeout(timer);
					request.destroy();
					resolve({ kind: "answered", status: answer.statusCode ?? 0, body: printable(body) });
				};
				answer.setEncoding("utf8");
				answer.on("data", (chunk: string) => {
					body += chunk;
					if (body.length >= ANSWER_LENGTH_MAX) finish();
				});
				answer.on("end", finish).on("error", finish);
			},
		);
		const timer = setTimeout(() => request.destroy(new Error("no answer in time")), rules.timeoutMs);
		request.on("error", (error: NodeJS.ErrnoException) => {
			clearTimeout(timer);
			resolve(unanswered(error.code ?? error.message));
		});
		request.end(post.payload);
	});
}

/** No database takes every character that a stranger may send. */
function printable(text: string): string {
	return text.replaceAll("\0", "").toWellFormed().slice(0, ANSWER_LENGTH_MAX);
}

function unanswered(reason: string): WebhookAnswer {
	return { kind: "unanswered", reason };
}

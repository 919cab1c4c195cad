// The hook file of every replay. Dredd gets it by `require`, so it is CommonJS; the module that knows the API is named in
// the configuration.
import type { Rehearsal, Send, Transaction } from "./rehearsal.ts" with { "resolution-mode": "import" };

interface Sent extends Transaction {
	readonly name: string;
	readonly protocol: string;
	readonly host: string;
	readonly port: string;
	readonly real: { readonly headers: Record<string, string> };
	skip: boolean;
	fail?: string;
}
interface Hooks {
	readonly configuration: { readonly custom: { readonly rehearsal: string } };
	beforeEach(hook: (transaction: Sent, done: () => void) => void): void;
	beforeEachValidation(hook: (transaction: Sent) => void): void;
}

const hooks: Hooks = require("hooks");
const loaded: Promise<{ rehearsal: Rehearsal }> = import(hooks.configuration.custom.rehearsal);

hooks.beforeEach((transaction, done) => {
	rehearse(transaction)
		.catch((error: Error) => {
			transaction.fail = `the rehearsal failed: ${error.message}`;
		})
		.finally(done);
});

// It takes `application/json; charset=utf-8` for another media type than `application/json`; RFC 9110, section 8.3.1, does not.
hooks.beforeEachValidation(({ real }) => {
	const type = real.headers["content-type"];
	if (type !== undefined) real.headers["content-type"] = type.replace(/\s*;.*/, "");
});

async function rehearse(transaction: Sent): Promise<void> {
	const { before, steps } = (await loaded).rehearsal;
	const { statusCode } = transaction.expected;
	const step = steps[`${transaction.request.method} ${transaction.name.split(" > ")[0]} ${statusCode}`];
	if (step === undefined && !statusCode.startsWith("2")) {
		transaction.skip = true;
		return;
	}
	const send = sendTo(`${transaction.protocol}//${transaction.host}:${transaction.port}`);
	await before(transaction, send);
	await step?.(transaction, send);
}

function sendTo(url: string): Send {
	return async (method, path, { body, headers } = {}) => {
		const response = await fetch(url + path, {
			method,
			headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path} answered ${response.status} ${text}`);
		return text === "" ? undefined : JSON.parse(text);
	};
}

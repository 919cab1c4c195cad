const HELPERS = `interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	/** Parsed where it is JSON, else the text. */
	readonly body: any;
}

async function send(method: string, path: string, options: { headers?: Record<string, string>; body?: string } = {}): Promise<Answer> {
	const response = await fetch(TARGET + path, { method, redirect: "manual", ...options });
	const text = await response.text();
	return { status: response.status, headers: Object.fromEntries(response.headers), body: parse(text) };
}

function parse(text: string): unknown {
	try {
		return text === "" ? undefined : JSON.parse(text);
	} catch {
		return text;
	}
}

function variable(name: string): string {
	const value = process.env[name];
	if (value === undefined || value === "") throw new Error(\`set \${name} in the environment\`);
	return value;
}`;

const IS_STATUS = `function isStatus(status: number, documented: string): boolean {
	return documented === "default" || documented === String(status) || documented === \`\${Math.floor(status / 100)}XX\`;
}`;

const FRESH = `/** Another text of the same form: letters for letters, digits for digits. */
function fresh(text: string): string {
	const pick = (signs: string): string => signs[Math.floor(Math.random() * signs.length)] ?? "";
	return text.replace(/[a-z]/g, () => pick("abcdefghijklmnopqrstuvwxyz")).replace(/[0-9]/g, () => pick("0123456789"));
}`;

/** The functions that a generated test calls, as code. Only what is called: a file with unused functions would not pass the reader's linter. */
export function helpersFor(code: string): string {
	const optional = [...(code.includes("isStatus(") ? [IS_STATUS] : []), ...(code.includes("fresh(") ? [FRESH] : [])];
	return [HELPERS, ...optional].join("\n\n");
}

import type { Contract, SecurityScheme } from "../contract/contract.ts";

/** A file that `holdfast init` writes. */
export interface FirstFile {
	/** Relative to the working directory. */
	readonly file: string;
	readonly text: string;
}

export interface FirstOptions {
	/** Short name of the API. */
	readonly name: string;
	/** The document, as the configuration names it. */
	readonly spec: string;
	readonly target?: string;
}

export const CONFIG = "holdfast.config.ts";

/**
 * A first configuration, ledger and workflow, made of what the document says: where it runs, which credentials it takes.
 *
 * @example firstFiles(contract, { name: "shop", spec: "openapi.yaml" })[0]?.file // "holdfast.config.ts"
 */
export function firstFiles(contract: Contract, options: FirstOptions): readonly FirstFile[] {
	const ledger = `contracts/${options.name}/known-drift.yaml`;
	return [
		{ file: CONFIG, text: configOf(contract, { ...options, ledger }) },
		{ file: ledger, text: ledgerOf(options.name) },
		{ file: ".github/workflows/holdfast.yml", text: workflowOf(contract, options) },
	];
}

function configOf(
	contract: Contract,
	{ name, spec, target, ledger }: FirstOptions & { readonly ledger: string },
): string {
	const headers = credentialsOf(contract, name).map(
		({ header, value }) => `\t\t\t\t${JSON.stringify(header)}: ${JSON.stringify(value)},`,
	);
	return `import { defineConfig } from "holdfast";

// What stands here goes for every command: \`holdfast check\`, \`mock\`, \`explain\`.
export default defineConfig({
	apis: {
		${JSON.stringify(name)}: {
			spec: ${JSON.stringify(spec)},
			// Drifts that the team knows of; \`holdfast accept\` writes them down.
			ledger: ${JSON.stringify(ledger)},
			// Where it runs; or \`start: { command: "node server.ts", ready: "listening" }\`, and the check starts it.
			target: ${JSON.stringify(target ?? targetOf(contract, name))},
${headers.length === 0 ? "" : `\t\t\t// Credentials come from the environment and are masked in every report.\n\t\t\theaders: {\n${headers.join("\n")}\n\t\t\t},\n`}			// True where all data of the target may be changed; else only what the check makes is touched.
			disposable: false,
		},
	},
});
`;
}

interface Credential {
	readonly header: string;
	readonly value: string;
	readonly variable: string;
}

/** The headers by which the document lets callers in, each with a variable of the environment. */
function credentialsOf({ securitySchemes }: Contract, name: string): readonly Credential[] {
	const found = new Map<string, Credential>();
	for (const scheme of securitySchemes.values()) {
		const credential = credentialOf(scheme, name);
		if (credential !== undefined && !found.has(credential.header.toLowerCase()))
			found.set(credential.header.toLowerCase(), credential);
	}
	return [...found.values()];
}

function credentialOf(scheme: SecurityScheme, name: string): Credential | undefined {
	const variable = `${shout(name)}_${shout(scheme.name)}`;
	const from = (header: string, prefix: string): Credential => ({
		header,
		value: `${prefix}\${${variable}}`,
		variable,
	});
	switch (scheme.kind) {
		case "api-key":
			if (scheme.in === "cookie") return from("Cookie", `${scheme.parameter}=`);
			return scheme.in === "header" ? from(scheme.parameter, "") : undefined;
		case "http":
			return from("Authorization", `${scheme.scheme.toLowerCase() === "basic" ? "Basic" : "Bearer"} `);
		case "oauth2":
		case "openid-connect":
			return from("Authorization", "Bearer ");
		case "mutual-tls":
			return undefined;
	}
}

function shout(text: string): string {
	const words = text.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/[^A-Za-z0-9]+/g, "_");
	return words.replace(/^_+|_+$/g, "").toUpperCase();
}

const LOCAL = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?:\/|$)/;

/** A machine of one's own may stand in the document; which other one is meant, only the team knows. */
function targetOf({ servers }: Contract, name: string): string {
	const local = servers.find(({ url }) => LOCAL.test(url))?.url;
	const path = servers[0] === undefined ? "" : (URL.parse(servers[0].url, "http://127.0.0.1:8080")?.pathname ?? "");
	return local ?? `\${${shout(name)}_URL:-http://127.0.0.1:8080${path.replace(/\/+$/, "")}}`;
}

function ledgerOf(name: string): string {
	return `# Drifts of ${oneLine(name)} that the team knows of and lives with for a while. A check marks them and passes; an entry that is
# out of date makes it fail.
#
#   - rule: effect
#     operation: replaceThings
#     documented: replace
#     observed: append
#     reason: the handler only adds
#     owner: things team
#     expires: 2027-06-30
known: []
`;
}

function oneLine(text: string): string {
	return text.replace(/\s+/g, " ");
}

function workflowOf(contract: Contract, { name }: FirstOptions): string {
	const secrets = credentialsOf(contract, name).map(({ variable }) => `      ${variable}: \${{ secrets.${variable} }}`);
	const environment = secrets.length === 0 ? "" : `    env:\n${[...new Set(secrets)].join("\n")}\n`;
	return `# Checks on every push that the service does what its document says.
name: holdfast
on: [push, pull_request]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
${environment}    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
        with:
          node-version: 24
          cache: npm
      - run: npm ci
      # The action that comes with the package: it checks, annotates, and keeps the reports.
      - uses: ./node_modules/holdfast
        with:
          # How the service is started, and where it answers then. Left out, the configuration says it.
          # start: npm start
          # target: http://127.0.0.1:8080
          artifact: holdfast-${name}
`;
}

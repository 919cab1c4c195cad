import { type Config, defineConfig } from "./src/cli/config.ts";

const INTRY_WORDS = ["tenants", "properties", "units", "users", "devices", "calls", "analytics", "stats"];
/** As scopes once were, and others that only look like those of today. */
const INTRY_OLD = INTRY_WORDS.flatMap((word) => [word, `${word}:reader`, `${word}:writer`]);
const INTRY_READS = INTRY_WORDS.map((word) => `${word}:read`);

/** What stands here is what `npm run demo` checks. Users write `from "holdfast"`. */
const config: Config = defineConfig({
	apis: {
		gateway: {
			spec: "spec/gateway/openapi.yaml",
			overlay: "spec/gateway/behaviour.overlay.yaml",
			scenario: "mocks/gateway/default.yaml",
			ledger: "contracts/gateway/known-drift.yaml",
			headers: { "X-Admin-API-Key": "${GATEWAY_ADMIN_KEY:-demo-admin-key}" },
			disposable: true,
			start: {
				command: "node src/reference/gateway/main.ts",
				env: { ADMIN_API_KEY: "${GATEWAY_ADMIN_KEY:-demo-admin-key}" },
				ready: "gateway ready on",
			},
		},
		integra: {
			spec: "spec/integra/openapi.yaml",
			overlay: "spec/integra/behaviour.overlay.yaml",
			scenario: "mocks/integra/default.yaml",
			ledger: "contracts/integra/known-drift.yaml",
			headers: { Authorization: "Bearer ${INTEGRA_ADMIN_KEY:-demo-admin-key}" },
			disposable: true,
			start: {
				command: "node src/reference/integra/main.ts",
				env: {
					ADMIN_API_KEY: "${INTEGRA_ADMIN_KEY:-demo-admin-key}",
					// The keys that the check has made are limited as documented; its own calls need more.
					OPERATOR_RATE_LIMIT: "1000000",
				},
				ready: "integra ready on",
			},
		},
		"control-plane": {
			spec: "spec/control-plane/openapi.yaml",
			overlay: "spec/control-plane/behaviour.overlay.yaml",
			scenario: "mocks/control-plane/default.yaml",
			ledger: "contracts/control-plane/known-drift.yaml",
			headers: { Authorization: "Bearer ${CONTROL_PLANE_ADMIN_TOKEN:-demo-admin-token}" },
			identities: {
				main: { headers: {}, tenant: "acme", scopes: ["read", "write"] },
				viewer: { headers: { Authorization: "Bearer demo-viewer-token" }, tenant: "acme", scopes: ["read"] },
				writer: { headers: { Authorization: "Bearer demo-writer-token" }, tenant: "acme", scopes: ["write"] },
				stranger: {
					headers: { Authorization: "Bearer demo-stranger-token" },
					tenant: "globex",
					scopes: ["read", "write"],
				},
			},
			disposable: true,
			start: {
				command: "node src/reference/control-plane/main.ts",
				env: {
					ADMIN_TOKEN: "${CONTROL_PLANE_ADMIN_TOKEN:-demo-admin-token}",
					VIEWER_TOKEN: "demo-viewer-token",
					WRITER_TOKEN: "demo-writer-token",
					OTHER_TENANT_TOKEN: "demo-stranger-token",
					LOG_LEVEL: "warn",
				},
				ready: "control-plane ready on",
				timeoutMs: 60_000,
			},
		},
		intry: {
			spec: "spec/intry/admin.yaml",
			overlay: "spec/intry/behaviour.overlay.yaml",
			scenario: "mocks/intry/default.yaml",
			ledger: "contracts/intry/known-drift.yaml",
			headers: { Authorization: "Bearer ${INTRY_ADMIN_KEY:-demo-admin-key}" },
			identities: {
				main: { headers: {}, tenant: "intry" },
				reader: { headers: { Authorization: "Bearer demo-reader-key" }, tenant: "intry", scopes: INTRY_READS },
				// A key of the time when scopes were whole words.
				coarse: { headers: { Authorization: "Bearer demo-coarse-key" }, tenant: "intry", scopes: INTRY_OLD },
				counter: { headers: { Authorization: "Bearer demo-counter-key" }, tenant: "intry", scopes: ["stats:read"] },
			},
			disposable: true,
			start: {
				command: "node src/reference/intry/main.ts",
				env: {
					ADMIN_KEY: "${INTRY_ADMIN_KEY:-demo-admin-key}",
					READER_KEY: "demo-reader-key",
					API_KEYS: JSON.stringify({
						coarse: { key: "demo-coarse-key", scopes: INTRY_OLD },
						counter: { key: "demo-counter-key", scopes: ["stats:read"] },
					}),
					// Whole lists can be judged where nothing else stands in them.
					SEED: "none",
					LOG_LEVEL: "warn",
				},
				ready: "intry ready on",
				timeoutMs: 60_000,
			},
		},
	},
});

export default config;

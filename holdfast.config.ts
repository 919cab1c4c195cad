import { type Config, defineConfig } from "./src/cli/config.ts";

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
	},
});

export default config;

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
	},
});

export default config;

import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
	test: {
		include: ["src/**/*.test.ts", "contracts/**/*.test.ts"],
		testTimeout: 60_000,
		hookTimeout: 120_000,
		setupFiles: ["./vitest.setup.ts"],
		// One worker a core; by default one core is left to a person who watches.
		maxWorkers: "100%",
	},
});

export default config;

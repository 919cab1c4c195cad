import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
	test: {
		include: ["src/**/*.test.ts", "contracts/**/*.test.ts"],
		testTimeout: 30_000,
		hookTimeout: 60_000,
		setupFiles: ["./vitest.setup.ts"],
	},
});

export default config;

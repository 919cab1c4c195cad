import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

test.each(["check --help", "explain spec/gateway/openapi.yaml"])(
	"a reader that goes away is no failure: %s",
	(args) => {
		// The shell holds the pipe back until the reader is gone.
		const line = `{ sleep 0.3; "${process.execPath}" src/cli/main.ts ${args}; echo "code $?" >&2; } | true`;
		const { stderr } = spawnSync("bash", ["-c", line], { cwd: ROOT, encoding: "utf8" });
		expect(stderr.trim()).toBe("code 0");
	},
);

import { runServer } from "../process/run-server.ts";
import { readSettings } from "./settings.ts";
import { startIntry } from "./start.ts";

let key = "$ADMIN_KEY";
let environment = "";

await runServer({
	name: "intry",
	start: async () => {
		const settings = readSettings(process.env);
		const running = await startIntry(settings);
		key = running.firstKey ?? key;
		const [name] = settings.role === "proxy" ? Object.keys(settings.coreUrls) : settings.environments;
		environment = settings.environments.includes("STAGING") && settings.role === "all" ? "STAGING" : (name ?? "");
		return running;
	},
	readyLine: (url) =>
		`intry ready on ${url}  try: curl -s ${url}/api/admin/stats -H "Authorization: Bearer ${key}" -H "X-Admin-Env: ${environment}"`,
});

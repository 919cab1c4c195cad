import { runServer } from "../process/run-server.ts";
import { readSettings } from "./settings.ts";
import { startIntegra } from "./start.ts";

let key = "$ADMIN_API_KEY";

await runServer({
	name: "integra",
	start: async () => {
		const server = await startIntegra(readSettings(process.env));
		key = server.madeKey ?? key;
		return server;
	},
	readyLine: (url) =>
		`integra ready on ${url}  try: curl -s '${url}/admin/v1/organizations' -H "Authorization: Bearer ${key}"`,
});

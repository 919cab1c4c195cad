import { runServer } from "../process/run-server.ts";
import { readSettings } from "./settings.ts";
import { startControlPlane } from "./start.ts";

let token = "$ADMIN_TOKEN";

await runServer({
	name: "control-plane",
	start: async () => {
		const server = await startControlPlane(readSettings(process.env));
		token = server.firstToken ?? token;
		return server;
	},
	readyLine: (url) =>
		`control-plane ready on ${url}  try: curl -s ${url}/v1/admin/users -H "Authorization: Bearer ${token}"`,
});

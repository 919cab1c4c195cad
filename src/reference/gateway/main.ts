import { runServer } from "../process/run-server.ts";
import { readSettings } from "./settings.ts";
import { startGateway } from "./start.ts";

await runServer({
	name: "gateway",
	start: async () => startGateway({ ...readSettings(process.env), processMetrics: true }),
	readyLine: (url) => `gateway ready on ${url}  try: curl -s ${url}/admin/health -H "X-Admin-API-Key: $ADMIN_API_KEY"`,
});

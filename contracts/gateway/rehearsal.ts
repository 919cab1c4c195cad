import type { Rehearsal, Step } from "../dredd/rehearsal.ts";

const ADMIN = { "x-admin-api-key": "demo-admin-key" };
const APP = "/admin/apps/my-app";
const OTHER_APP = "/admin/apps/other-app";
const CONFIG = { webhook_url: "https://hooks.example.com/gateway", rate_limit: 200, events: ["call.ended"] };
const KEY = "key_rehearsal_0000000001";
const OTHER_KEY = "key_rehearsal_0000000002";
const BYTES_MAX = 1_048_576;

const signOut: Step = ({ request }) => {
	delete request.headers["x-admin-api-key"];
};
const breakId: Step = (sent) => {
	sent.fullPath = sent.fullPath.replace("my-app", "not%20an%20id");
};
const breakBody: Step = ({ request }) => {
	request.body = '{"unknown":true}';
};
const swellBody: Step = ({ request }) => {
	request.body = JSON.stringify("x".repeat(BYTES_MAX + 1));
};
const sendAsText: Step = ({ request }) => {
	request.headers["Content-Type"] = "text/plain";
};
const removeApp: Step = async (_, send) => {
	await send("DELETE", APP, { headers: ADMIN });
};

/** How the documented answers of the gateway are brought about. */
export const rehearsal: Rehearsal = {
	async before({ request, expected }, send) {
		Object.assign(request.headers, ADMIN, { "x-api-key": KEY });
		// The example of an app without a key shows none.
		const hasKey = !/"rate_limit": ?0\b/.test(expected.body ?? "");
		await send("POST", OTHER_APP, { headers: ADMIN, body: { ...CONFIG, api_key: OTHER_KEY } });
		await send("POST", APP, { headers: ADMIN, body: hasKey ? { ...CONFIG, api_key: KEY } : {} });
		await send("PUT", `${APP}/cids`, { headers: ADMIN, body: ["527121102", "747713001"] });
	},
	steps: {
		"POST /admin/apps/{app_id} 400": breakBody,
		"POST /admin/apps/{app_id} 401": signOut,
		"POST /admin/apps/{app_id} 409": ({ request }) => {
			request.body = JSON.stringify({ api_key: OTHER_KEY });
		},
		"POST /admin/apps/{app_id} 413": swellBody,
		"POST /admin/apps/{app_id} 415": sendAsText,
		"GET /admin/apps/{app_id} 400": breakId,
		"GET /admin/apps/{app_id} 401": signOut,
		"GET /admin/apps/{app_id} 404": removeApp,
		"DELETE /admin/apps/{app_id} 400": breakId,
		"DELETE /admin/apps/{app_id} 401": signOut,
		"DELETE /admin/apps/{app_id} 404": removeApp,
		"PUT /admin/apps/{app_id}/cids 400": breakBody,
		"PUT /admin/apps/{app_id}/cids 401": signOut,
		"PUT /admin/apps/{app_id}/cids 404": removeApp,
		"PUT /admin/apps/{app_id}/cids 413": swellBody,
		"PUT /admin/apps/{app_id}/cids 415": sendAsText,
		"GET /admin/apps/{app_id}/cids 400": breakId,
		"GET /admin/apps/{app_id}/cids 401": signOut,
		"GET /admin/apps/{app_id}/cids 404": removeApp,
		"DELETE /admin/apps/{app_id}/cids/{number} 400": (sent, send) => {
			// An answer that names the app is about the number.
			if (!sent.expected.body?.includes('"app_id"')) return breakId(sent, send);
			sent.fullPath = sent.fullPath.replace(/[^/]+$/, "not-a-number");
		},
		"DELETE /admin/apps/{app_id}/cids/{number} 401": signOut,
		"DELETE /admin/apps/{app_id}/cids/{number} 404": async (_, send) => {
			await send("DELETE", `${APP}/cids/527121102`, { headers: ADMIN });
		},
		"GET /admin/health 401": signOut,
		"GET /admin/recent-errors 401": signOut,
		"POST /api/v1/dial 400": breakBody,
		"POST /api/v1/dial 401": ({ request }) => {
			request.headers["x-api-key"] = "key_rehearsal_of_nobody";
		},
		"POST /api/v1/dial 403": async (_, send) => {
			await send("DELETE", `${APP}/cids/527121102`, { headers: ADMIN });
		},
		"POST /api/v1/dial 413": swellBody,
		"POST /api/v1/dial 415": sendAsText,
		"POST /api/v1/dial 429": async (_, send) => {
			await send("POST", APP, { headers: ADMIN, body: { ...CONFIG, api_key: KEY, rate_limit: 1 } });
			const call = { headers: { "x-api-key": KEY }, body: { from: "527121102", to: "35550199" } };
			// What was counted before under the former limit counts on: this call may be the one too many already.
			await send("POST", "/api/v1/dial", call).catch(() => undefined);
		},
	},
	unprovoked: {
		"500": "an error of ours",
		"503": "the storage, or the capacity to dial, would have to be away",
	},
};

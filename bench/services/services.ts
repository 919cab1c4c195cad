/** A real service of the folder that the bench is given, and the few lines of configuration that a check of it needs. */
export interface Service {
	readonly name: string;
	readonly title: string;
	/** Its folder, in which `start.sh` stands. */
	readonly folder: string;
	readonly target: string;
	/** Where the document is fetched from, when starting does not write it to `openapi.json`. */
	readonly document?: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Operations to leave alone: they reach the account that the check itself uses, or what its owner said not to touch. */
	readonly exclude: readonly string[];
	/** The same operations, each by its name, for a tool that knows no globs. */
	readonly excludeExactly: readonly string[];
}

export const SERVICES: readonly Service[] = [
	{
		name: "loopback",
		title: "LoopBack 4 todo example 6.0.0",
		folder: "loopback",
		target: "http://127.0.0.1:13900",
		headers: {},
		exclude: [],
		excludeExactly: [],
	},
	{
		name: "pdns",
		title: "PowerDNS Authoritative 4.7.3",
		folder: "pdns",
		target: "http://127.0.0.1:18081/api/v1",
		document: "http://127.0.0.1:18081/api/docs",
		headers: { "X-API-Key": "secretkey" },
		exclude: [],
		excludeExactly: [],
	},
	{
		name: "directus",
		title: "Directus 12.4.0",
		folder: "directus",
		target: "http://127.0.0.1:18055",
		headers: { Authorization: "Bearer directus-static-token" },
		exclude: [
			"PATCH /users",
			"DELETE /users",
			"PATCH /users/me",
			"POST /users/me/**",
			"PATCH /roles",
			"DELETE /roles",
			"PATCH /permissions",
			"DELETE /permissions",
			"* /utils/**",
			"POST /schema/apply",
		],
		excludeExactly: [
			...["PATCH /users", "DELETE /users", "PATCH /users/me", "PATCH /roles", "DELETE /roles"],
			...["PATCH /permissions", "DELETE /permissions", "POST /schema/apply"],
			...["POST /users/me/tfa/disable", "POST /users/me/tfa/enable", "POST /users/me/tfa/generate"],
			...["POST /utils/sort/{collection}", "POST /utils/import", "POST /utils/import/{collection}"],
			...["POST /utils/export/{collection}", "POST /utils/cache/clear", "GET /utils/random/string"],
			// It takes ids out of lists, where those of the account stand that it works with.
			...["PATCH /users/{id}", "DELETE /users/{id}", "PATCH /roles/{id}", "DELETE /roles/{id}"],
		],
	},
];

import autocannon from "autocannon";

/** What a load showed. */
export interface LoadResult {
	readonly requests: number;
	readonly perSecond: number;
	/** Milliseconds. */
	readonly latency: { readonly p50: number; readonly p99: number; readonly max: number };
	/** Connections that broke. */
	readonly errors: number;
	/** Requests that no answer came to within half a minute. */
	readonly timeouts: number;
	/** How often each status came. */
	readonly statuses: Readonly<Record<string, number>>;
	readonly acknowledged: number;
	/** Organizations that were acknowledged and are not listed afterwards. */
	readonly lost: readonly string[];
}

export interface LoadOptions {
	readonly url: string;
	readonly token: string;
	readonly connections: number;
	readonly seconds: number;
}

/** Reads and writes mixed, from many connections; then every acknowledged write is looked for. */
export async function loadControlPlane({ url, token, connections, seconds }: LoadOptions): Promise<LoadResult> {
	const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
	const acknowledged = new Set<string>();
	const statuses: Record<string, number> = {};
	let serial = 0;
	const count = (status: number): void => {
		statuses[status] = (statuses[status] ?? 0) + 1;
	};
	const read = (path: string): autocannon.Request => ({ method: "GET", path, headers, onResponse: count });
	const write: autocannon.Request = {
		method: "POST",
		path: "/v1/admin/organizations",
		headers,
		setupRequest: (request) => {
			serial += 1;
			return { ...request, body: JSON.stringify({ name: "Loaded", slug: `loaded-${process.pid}-${serial}` }) };
		},
		onResponse: (status, body, context: { organization?: string }) => {
			count(status);
			if (status !== 201) return;
			const { id } = JSON.parse(body) as { readonly id: string };
			acknowledged.add(id);
			context.organization = id;
		},
	};
	const change: autocannon.Request = {
		method: "PATCH",
		headers,
		setupRequest: (request, context: { organization?: string }) => ({
			...request,
			path: `/v1/admin/organizations/${context.organization}`,
			body: JSON.stringify({ metadata: { touched: true } }),
		}),
		onResponse: count,
	};
	const requests = [
		read("/v1/admin/users?search=kelp"),
		write,
		read("/v1/admin/organizations?limit=10"),
		change,
		read("/v1/admin/audit?limit=10"),
	];
	const result = await autocannon({ url, connections, duration: seconds, timeout: 30, requests });
	return {
		requests: result.requests.total,
		perSecond: result.requests.average,
		latency: { p50: result.latency.p50, p99: result.latency.p99, max: result.latency.max },
		// The one number of autocannon holds the other.
		errors: result.errors - result.timeouts,
		timeouts: result.timeouts,
		statuses,
		acknowledged: acknowledged.size,
		lost: await findLost(url, headers, acknowledged),
	};
}

async function findLost(
	url: string,
	headers: Readonly<Record<string, string>>,
	acknowledged: ReadonlySet<string>,
): Promise<readonly string[]> {
	const listed = new Set<string>();
	for (let page = 1; ; page += 1) {
		const answer = await fetch(`${url}/v1/admin/organizations?limit=100&page=${page}`, { headers });
		const { organizations } = (await answer.json()) as { readonly organizations: readonly { readonly id: string }[] };
		for (const { id } of organizations) listed.add(id);
		if (organizations.length < 100) return [...acknowledged].filter((id) => !listed.has(id));
	}
}

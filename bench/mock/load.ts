import { readdirSync, readFileSync } from "node:fs";
import { Pool } from "undici";

/** One kind of request. */
export interface Kind {
	readonly name: string;
	readonly method: "GET" | "POST";
	readonly path: string;
	readonly body?: string;
	readonly status: number;
}

export const CONNECTIONS = 32;

/** Sends so many requests over 32 connections; gives microseconds of the server's processor time for each. */
export async function runSlice(
	pool: Pool,
	pid: number,
	{ kind, headers, count }: { kind: Kind; headers: Readonly<Record<string, string>>; count: number },
): Promise<number> {
	const before = cpuNs(pid);
	let left = count;
	const worker = async (): Promise<void> => {
		while (left-- > 0) {
			const { body } = await pool.request({
				path: kind.path,
				method: kind.method,
				headers: kind.body === undefined ? headers : { ...headers, "content-type": "application/json" },
				...(kind.body === undefined ? {} : { body: kind.body }),
			});
			await body.dump();
		}
	};
	await Promise.all(Array.from({ length: CONNECTIONS }, worker));
	return (cpuNs(pid) - before) / 1_000 / count;
}

export function createPool(url: string): Pool {
	return new Pool(url, { connections: CONNECTIONS, pipelining: 1 });
}

/** Processor time of all threads of a process, in nanoseconds; threads that ended are in the sum of the process. */
function cpuNs(pid: number): number {
	return readdirSync(`/proc/${pid}/task`).reduce((sum, task) => {
		try {
			return sum + Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]);
		} catch {
			// The thread ended in between.
			return sum;
		}
	}, 0);
}

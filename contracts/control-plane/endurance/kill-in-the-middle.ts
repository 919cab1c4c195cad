import { SPAWNED_TOKEN, type SpawnedControlPlane, spawnControlPlane } from "./spawn-control-plane.ts";

/** What came of one round. */
export interface KillRound {
	readonly acknowledged: number;
	/** Acknowledged and not there afterwards. */
	readonly lost: readonly string[];
	/** There without their signing key, or without their event in the audit log. */
	readonly halfWritten: readonly string[];
}

const WRITERS = 16;
const HEADERS = { authorization: `Bearer ${SPAWNED_TOKEN}`, "content-type": "application/json" };

/**
 * Creates projects from many sides, kills what is to be killed in the midst of it, starts again, and looks for every
 * project that was acknowledged, and for what was written by half.
 *
 * @param kill ends the process, or what it depends on; what it gives runs afterwards
 */
export async function killInTheMiddle({
	env,
	after,
	kill,
}: {
	readonly env: Readonly<Record<string, string>>;
	/** Acknowledged projects before the kill. */
	readonly after: number;
	kill(running: SpawnedControlPlane): Promise<SpawnedControlPlane>;
}): Promise<KillRound> {
	const running = await spawnControlPlane(env);
	const acknowledged: string[] = [];
	let killed: Promise<SpawnedControlPlane> | undefined;
	const writeUntilItFails = async (): Promise<void> => {
		while (killed === undefined) {
			const id = await createProject(running.url);
			if (id === undefined) return;
			acknowledged.push(id);
			if (acknowledged.length >= after) killed ??= kill(running);
		}
	};
	await Promise.all(Array.from({ length: WRITERS }, writeUntilItFails));
	if (killed === undefined) throw new Error("it went away before it was killed");
	const again = await killed;
	try {
		return await inspect(again.url, acknowledged);
	} finally {
		await again.kill();
	}
}

/** Undefined when no answer came, or a refusal: nothing was acknowledged then. */
async function createProject(url: string): Promise<string | undefined> {
	try {
		const body = JSON.stringify({ name: "Endured" });
		const answer = await fetch(`${url}/v1/admin/projects`, { method: "POST", headers: HEADERS, body });
		const project = (await answer.json()) as { readonly id: string };
		return answer.status === 201 ? project.id : undefined;
	} catch {
		return undefined;
	}
}

async function inspect(url: string, acknowledged: readonly string[]): Promise<KillRound> {
	const projects = await listIds(url, "/v1/admin/projects", { name: "projects", field: "id" });
	const recorded = await listIds(url, "/v1/admin/audit?action=project.created", {
		name: "events",
		field: "resource_id",
	});
	const lost = acknowledged.filter((id) => !projects.has(id));
	const halfWritten: string[] = [];
	for (const id of [...projects].slice(0, INSPECTED_MAX)) {
		const keys = await getJson(url, `/v1/admin/projects/${id}/signing-keys`);
		const isSeed = !recorded.has(id) && !acknowledged.includes(id);
		if ((keys.signing_keys?.length ?? 0) !== 1 && !isSeed) halfWritten.push(id);
	}
	halfWritten.push(...acknowledged.filter((id) => projects.has(id) && !recorded.has(id)));
	halfWritten.push(...[...recorded].filter((id) => !projects.has(id)));
	return { acknowledged: acknowledged.length, lost, halfWritten };
}

/** The newest: those that were under way when it was killed are among them. */
const INSPECTED_MAX = 100;

async function listIds(
	url: string,
	path: string,
	{ name, field }: { readonly name: string; readonly field: string },
): Promise<ReadonlySet<string>> {
	const ids = new Set<string>();
	for (let page = 1; ; page += 1) {
		const body = await getJson(url, `${path}${path.includes("?") ? "&" : "?"}limit=100&page=${page}`);
		const items = body[name] ?? [];
		for (const item of items) ids.add(String(item[field]));
		if (items.length < 100) return ids;
	}
}

type Listed = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

async function getJson(url: string, path: string): Promise<Listed> {
	const answer = await fetch(url + path, { headers: HEADERS });
	if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}`);
	return (await answer.json()) as Listed;
}

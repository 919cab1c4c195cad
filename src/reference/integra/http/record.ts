import type { FastifyRequest } from "fastify";
import type { Integra } from "../integra.ts";
import type { Scope } from "../store/scope.ts";

/** What a call was about, where its path, body and query do not say it. */
export interface About {
	readonly organization?: string;
	readonly resource?: string;
}

declare module "fastify" {
	interface FastifyRequest {
		about: About | undefined;
		/** It is in the audit log already, together with what it changed. */
		isRecorded: boolean;
	}
	interface FastifyContextConfig {
		/** The operation as the document names it. */
		readonly operation?: string;
	}
}

/** Keeps a call in the audit log, with what is answered. */
export function recordCall({ stores }: Integra, scope: Scope, { request, status }: Answered): void {
	const { actor, method, ip, id, url } = request;
	stores.audit.append(scope, {
		actor_id: actor?.id ?? null,
		actor_organization_id: actor?.organization ?? null,
		organization_id: organizationOf(request),
		action: request.routeOptions.config?.operation ?? "unknown",
		method,
		path: url.split("?", 1)[0]?.slice(0, PATH_LENGTH_MAX) ?? "",
		status,
		resource_id: resourceOf(request),
		ip_address: ip,
		request_id: id,
	});
}

export interface Answered {
	readonly request: FastifyRequest;
	readonly status: number;
}

/** Of a longer path the beginning is kept. */
const PATH_LENGTH_MAX = 2048;

type Named = Readonly<Record<string, unknown>>;

function organizationOf({ about, params, body, query }: FastifyRequest): string | null {
	const { organization_id: inPath } = named(params);
	const { organization_id: inBody } = named(body);
	const { org_id: asked } = named(query);
	return [about?.organization, inPath, inBody, asked].find(isOrganization) ?? null;
}

function resourceOf({ about, params, body }: FastifyRequest): string | null {
	const { user_id: user, key_id: key, organization_id: organization } = named(params);
	return [about?.resource, user, key, named(body).user_id, organization].find(isId) ?? null;
}

function named(value: unknown): Named {
	return typeof value === "object" && value !== null ? (value as Named) : {};
}

function isOrganization(value: unknown): value is string {
	return typeof value === "string" && /^org_[A-Za-z0-9]{1,36}$/.test(value);
}

function isId(value: unknown): value is string {
	return typeof value === "string" && /^(?:user|org|key)_[A-Za-z0-9]{1,36}$/.test(value);
}

import type { SecurityScheme } from "../../contract/contract.ts";
import type { Flaw } from "../../model/call.ts";
import { failureIn } from "../../model/guard/applies.ts";
import type { Guard } from "../../model/guard.ts";
import { singular } from "../../model/infer/shown.ts";
import { meansFields } from "../../model/law/fields.ts";
import { resourceNamed } from "../../model/model.ts";
import { addressOf, type Scene } from "../../model/scene.ts";
import { isObject, type Value } from "../../model/value.ts";
import { parsePointer } from "../../schema/reference.ts";

/** Why a guard refuses, as a sentence for whoever sent the request. Holds no secret. */
export function refusalMessage(guard: Guard, scene: Scene): string {
	switch (guard.kind) {
		case "credentials":
			return credentialsMessage(
				guard.alternatives.flat().map(({ scheme }) => scheme),
				scene,
			);
		case "applies":
			return patchMessage(scene);
		case "exists":
			return absenceMessage(guard.resource, scene);
		case "frozen":
			return `${guard.property} is written once`;
		case "read-only":
			return `${guard.property} is read-only`;
		case "records":
			return "It is written down";
		case "partition":
			return "It belongs to somebody else";
		case "scope":
			return `The scope ${guard.alternatives.map(({ scopes }) => scopes.join(" and ")).join(" or ")} is needed`;
		case "rate":
		case "limit":
			return `Rate limit exceeded: ${windowWords(guard.windowMs)}`;
		case "member":
			return `${guard.property} ${show(bodyMember(scene, guard.property))} is not in ${guard.of}`;
		case "unique":
			return `${guard.property} is in use`;
		case "refers":
			return `${guard.property} names nothing that is in ${guard.of}`;
		case "keep":
			return `At least ${guard.least} with ${meansFields(guard.fields)} must be left`;
		case "unused":
			return `Something in ${guard.by} still refers to it`;
		case "when":
			return `This needs ${meansFields(guard.fields)}`;
		case "valid":
			return scene.call.flaws.map(describeFlaw).join("; ");
	}
}

function patchMessage(scene: Scene): string {
	const failed = failureIn({ tests: true }, scene);
	return failed?.kind === "failed"
		? `Operation ${failed.at} of the patch: ${failed.why}`
		: "The patch cannot be applied";
}

/** @example describeFlaw({ in: "body", at: "/rate_limit", message: "must be at least 0", … }) // "rate_limit must be at least 0" */
export function describeFlaw({ in: place, at, message }: Flaw): string {
	if (place !== "body") return `${at} ${message}`;
	const name = bodyPath(at);
	return name === "" ? `The body ${message}` : `${name} ${message}`;
}

/** @example bodyPath("/tags/0/name") // "tags[0].name" */
export function bodyPath(pointer: string): string {
	const known = paths.get(pointer);
	if (known !== undefined) return known;
	const steps = parsePointer(pointer).map((token) => (/^\d+$/.test(token) ? `[${token}]` : `.${token}`));
	const path = steps.join("").replace(/^\./, "");
	// Clients may name members without end: what is remembered starts afresh rather than grow.
	if (paths.size >= PATHS_MAX) paths.clear();
	paths.set(pointer, path);
	return path;
}

/** The same few members are wrong over and over. */
const paths = new Map<string, string>();
const PATHS_MAX = 1_000;

function credentialsMessage(names: readonly string[], { model }: Scene): string {
	const carriers = new Set(
		names.flatMap((name) => {
			const scheme = model.contract.securitySchemes.get(name);
			return scheme === undefined ? [] : [carrierOf(scheme)];
		}),
	);
	return carriers.size === 0 ? "Credentials are missing or wrong" : `${[...carriers].join(" or ")} is missing or wrong`;
}

/** @example carrierOf({ kind: "api-key", in: "header", parameter: "X-Key", … }) // "X-Key" */
function carrierOf(scheme: SecurityScheme): string {
	if (scheme.kind === "api-key") return scheme.in === "header" ? scheme.parameter : `${scheme.in} ${scheme.parameter}`;
	return "Authorization";
}

function absenceMessage(name: string, scene: Scene): string {
	const { resource, key } = addressOf(scene, name);
	const label = resource.key?.property ?? scene.behaviour.keys.get(name);
	if (resource.kind === "set" || resource.kind === "list") return `${show(key)} is not in ${resource.name}`;
	return `No ${singular(resourceNamed(scene.model, name).name).replaceAll(/[-_.]/g, " ")} has ${label ?? "the key"} ${show(key)}`;
}

function bodyMember({ call }: Scene, name: string): Value | undefined {
	return isObject(call.body) ? call.body[name] : undefined;
}

const SHOWN_MAX = 80;

function show(value: Value | undefined): string {
	const text = JSON.stringify(value) ?? "";
	return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}

function windowWords(windowMs: number): string {
	return windowMs % 60_000 === 0 && windowMs > 0
		? `the requests of this ${windowMs === 60_000 ? "minute" : `${windowMs / 60_000} minutes`} are used up`
		: `the requests of these ${windowMs / 1000} seconds are used up`;
}

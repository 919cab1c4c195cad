import type { Fault } from "../../fault/fault.ts";
import { SEED_IDS } from "../seed/seed.ts";
import { get, makeProject, PROJECTS, post, remove } from "./witness-requests.ts";

export type KeyFault =
	| "api-key-secret-listed"
	| "revoked-key-still-works"
	| "revoked-key-unlisted"
	| "revoke-key-does-nothing"
	| "keys-of-other-projects-listed"
	| "unknown-key-revoked"
	| "rotate-leaves-two-active"
	| "rotate-removes-the-former"
	| "rotate-makes-none";

const PROJECT = `${PROJECTS}/${SEED_IDS.project}`;
const KEYS = `${PROJECT}/api-keys`;
const SIGNING_KEYS = `${PROJECT}/signing-keys`;
const makeKey = post(KEYS, { name: "Witness" });

/** Faults of API keys and signing keys. */
export const KEY_FAULTS: Readonly<Record<KeyFault, Omit<Fault, "name">>> = {
	"api-key-secret-listed": {
		summary: "The list shows the secrets of the keys again.",
		expects: {
			rule: "response-schema-conformance",
			operation: "listApiKeys",
			documented: 'must not have the property "secret"',
			observed: "invalid",
		},
		witness: {
			requests: [makeKey, get(KEYS)],
			documented: { body: { api_keys: [{ id: "{1/id}" }] }, absent: ["/api_keys/0/secret"] },
			observed: { body: { api_keys: [{ secret: "{1/secret}" }] } },
		},
	},
	"revoked-key-still-works": {
		summary: "A revoked key is listed as revoked and still lets requests in.",
		expects: {
			rule: "effect",
			operation: "revokeApiKey",
			documented: "remove",
			observed: "leaves its credential working",
		},
		witness: {
			requests: [makeKey, remove(`${KEYS}/{1/id}`), get("/v1/project", { apiKey: "{1/secret}" })],
			documented: { status: 401 },
			observed: { status: 200, body: { id: SEED_IDS.project } },
		},
	},
	"revoked-key-unlisted": {
		summary: "A revoked key is gone from the list.",
		expects: { rule: "effect", operation: "revokeApiKey", documented: "remove", observed: "removes it" },
		witness: {
			requests: [makeKey, remove(`${KEYS}/{1/id}`), get(KEYS)],
			documented: { body: { api_keys: [{ id: "{1/id}", status: "revoked" }] } },
			observed: { body: { api_keys: [] } },
		},
	},
	"revoke-key-does-nothing": {
		summary: "Revoking a key answers as if it had, and changes nothing.",
		expects: { rule: "effect", operation: "revokeApiKey", documented: "remove", observed: "ignore" },
		witness: {
			requests: [makeKey, remove(`${KEYS}/{1/id}`), get(KEYS)],
			documented: { body: { api_keys: [{ status: "revoked" }] } },
			observed: { body: { api_keys: [{ status: "active" }] } },
		},
	},
	"keys-of-other-projects-listed": {
		summary: "The list of a project shows the keys of all projects.",
		expects: {
			rule: "effect",
			operation: "listApiKeys",
			documented: "list",
			observed: "shows what other parents hold",
		},
		witness: {
			requests: [makeKey, makeProject(), get(`${PROJECTS}/{2/id}/api-keys`)],
			documented: { body: { api_keys: [] } },
			observed: { body: { api_keys: [{ id: "{1/id}" }] } },
		},
	},
	"unknown-key-revoked": {
		summary: "Revoking a key that does not exist answers as if it had.",
		expects: {
			rule: "guard",
			operation: "revokeApiKey",
			documented: "404 unless the api-key exists",
			observed: "not enforced",
		},
		witness: {
			requests: [remove(`${KEYS}/${SEED_IDS.member}`)],
			documented: { status: 404 },
			observed: { status: 204 },
		},
	},
	"rotate-leaves-two-active": {
		summary: "Rotating leaves the former signing key active.",
		expects: {
			rule: "effect",
			operation: "rotateSigningKey",
			documented: "rotate",
			observed: "leaves the former active",
		},
		witness: {
			requests: [post(`${SIGNING_KEYS}/rotate`), get(SIGNING_KEYS)],
			documented: { body: { signing_keys: [{ status: "active" }, { status: "previous" }] } },
			observed: { body: { signing_keys: [{ status: "active" }, { status: "active" }] } },
		},
	},
	"rotate-removes-the-former": {
		summary: "Rotating takes the former signing key away at once.",
		expects: {
			rule: "effect",
			operation: "rotateSigningKey",
			documented: "rotate",
			observed: "removes the former",
		},
		witness: {
			requests: [post(`${SIGNING_KEYS}/rotate`), get(SIGNING_KEYS)],
			documented: { body: { signing_keys: [{ kid: "{1/kid}" }, { status: "previous" }] } },
			observed: { body: { signing_keys: [{ kid: "{1/kid}" }] } },
		},
	},
	"rotate-makes-none": {
		summary: "Rotating answers with a new signing key and keeps the old one.",
		expects: {
			rule: "effect",
			operation: "rotateSigningKey",
			documented: "rotate",
			observed: "makes no new one",
		},
		witness: {
			requests: [get(SIGNING_KEYS), post(`${SIGNING_KEYS}/rotate`), get(SIGNING_KEYS)],
			documented: { body: { signing_keys: [{ kid: "{2/kid}" }, { kid: "{1/signing_keys/0/kid}" }] } },
			observed: { body: { signing_keys: [{ kid: "{1/signing_keys/0/kid}", status: "previous" }] } },
		},
	},
};

import type { Credential } from "../../model/call.ts";
import { credentialField } from "../../model/credential.ts";
import { lineage } from "../../model/model.ts";
import { isObject, type Value } from "../../model/value.ts";
import { entriesOf, type Made, type Making, make, makersOf, type Story, scopesValue } from "./story.ts";

/**
 * Has the API issue a credential of a scheme: good for these scopes, or for whatever it is when none are named. Undefined
 * when it issues none, or when its document does not admit them.
 */
export function issueCredential(
	story: Story,
	{ scheme, scopes, holding = {} }: { scheme: string; scopes?: readonly string[]; holding?: Making["fields"] },
): Credential | undefined {
	const field = credentialField(story.model, scheme);
	if (field === undefined || makersOf(story.model, field.resource).length === 0) return undefined;
	const fields = scopes === undefined ? {} : fieldsFor(story, { ...field, wanted: scopes });
	if (fields === undefined) return undefined;
	const inside: Made[] = [];
	for (const { name } of lineage(story.model, field.resource).slice(0, -1)) {
		const parent = make(story, name, inside);
		if (parent === undefined) return undefined;
		inside.push(parent);
	}
	const made = make(story, field.resource, inside, { fields: { ...fields, ...holding } });
	const entry = made === undefined ? undefined : entriesOf(story, made.container).find(({ key }) => key === made.key);
	const value = entry !== undefined && isObject(entry.value) ? entry.value[field.field] : undefined;
	return value === undefined ? undefined : { kind: "value", value };
}

/** A body that cannot say what is asked for issues something else. */
function fieldsFor(
	{ model, validation }: Story,
	{ resource, scopes, wanted }: { resource: string; scopes?: string; wanted: readonly string[] },
): Readonly<Record<string, Value>> | undefined {
	const field = scopes === undefined ? undefined : model.resources.get(resource)?.fields.get(scopes);
	if (field === undefined || field.owner !== "client" || !field.compared) return undefined;
	const value = scopesValue(validation, field.schema, wanted);
	return value === undefined ? undefined : { [field.name]: value };
}

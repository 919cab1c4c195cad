import type { Credential } from "../../model/call.ts";
import { credentialField } from "../../model/credential.ts";
import { lineage } from "../../model/model.ts";
import { isObject } from "../../model/value.ts";
import { entriesOf, type Made, make, makersOf, type Story, scopesValue } from "./story.ts";

/**
 * Has the API issue a credential of a scheme that is good for these scopes; undefined when it issues none, or when its
 * document does not admit them.
 */
export function issueCredential(
	story: Story,
	{ scheme, scopes }: { scheme: string; scopes: readonly string[] },
): Credential | undefined {
	const field = credentialField(story.model, scheme);
	const schema = story.model.resources.get(field?.resource ?? "")?.fields.get(field?.scopes ?? "")?.schema;
	const wanted = schema === undefined ? undefined : scopesValue(story.validation, schema, scopes);
	if (field?.scopes === undefined || wanted === undefined || !makesWith(story, field.resource, field.scopes))
		return undefined;
	const inside: Made[] = [];
	for (const { name } of lineage(story.model, field.resource).slice(0, -1)) {
		const parent = make(story, name, inside);
		if (parent === undefined) return undefined;
		inside.push(parent);
	}
	const made = make(story, field.resource, inside, { fields: { [field.scopes]: wanted } });
	const entry = made === undefined ? undefined : entriesOf(story, made.container).find(({ key }) => key === made.key);
	const value = entry !== undefined && isObject(entry.value) ? entry.value[field.field] : undefined;
	return value === undefined ? undefined : { kind: "value", value };
}

/** Whether what is asked for is what is issued: a body that cannot say it issues something else. */
function makesWith(story: Story, resource: string, scopes: string): boolean {
	const field = story.model.resources.get(resource)?.fields.get(scopes);
	return makersOf(story.model, resource).length > 0 && field?.owner === "client" && field.compared;
}

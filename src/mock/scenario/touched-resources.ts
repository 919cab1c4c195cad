import { credentialField } from "../../model/credential.ts";
import { partsOf, resourceActedOn } from "../../model/effect.ts";
import type { Guard } from "../../model/guard.ts";
import { referencesTo } from "../../model/law/referrer.ts";
import type { Behaviour, Model } from "../../model/model.ts";

/** The resources that the effect and the guards of an operation look at; what lives inside them is not named. */
export function touchedResources(model: Model, { effect, guards }: Behaviour): readonly string[] {
	const own = [effect, effect.answers].flatMap((one) =>
		one === undefined ? [] : partsOf(one).flatMap((part) => resourceActedOn(part) ?? []),
	);
	const referring = own.flatMap((name) => referencesTo(model, name).map(({ resource }) => resource.name));
	return [...own, ...referring, ...guards.flatMap((guard) => lookedAt(model, guard))];
}

function lookedAt(model: Model, guard: Guard): readonly string[] {
	switch (guard.kind) {
		case "credentials":
			return guard.alternatives.flat().flatMap(({ scheme }) => credentialField(model, scheme)?.resource ?? []);
		case "exists":
			return [guard.resource];
		case "limit":
		case "member":
		case "refers":
			return [guard.of];
		case "partition":
			return [guard.resource];
		case "records":
			return [guard.log];
		case "unused":
			return [guard.by];
		case "when":
			return guard.of === undefined ? [] : [guard.of];
		case "applies":
		case "frozen":
		case "keep":
		case "rate":
		case "read-only":
		case "scope":
		case "unique":
		case "valid":
			return [];
	}
}

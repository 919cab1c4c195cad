import { credentialField } from "../../model/credential.ts";
import { resourceActedOn } from "../../model/effect.ts";
import type { Guard } from "../../model/guard.ts";
import type { Behaviour, Model } from "../../model/model.ts";

/** The resources that the effect and the guards of an operation look at; what lives inside them is not named. */
export function touchedResources(model: Model, { effect, guards }: Behaviour): readonly string[] {
	const own = [effect, effect.answers].flatMap((one) => (one === undefined ? [] : (resourceActedOn(one) ?? [])));
	return [...own, ...guards.flatMap((guard) => lookedAt(model, guard))];
}

function lookedAt(model: Model, guard: Guard): readonly string[] {
	switch (guard.kind) {
		case "credentials":
			return guard.alternatives.flat().flatMap(({ scheme }) => credentialField(model, scheme)?.resource ?? []);
		case "exists":
			return [guard.resource];
		case "limit":
		case "member":
			return [guard.of];
		case "partition":
			return [guard.resource];
		case "rate":
		case "scope":
		case "unique":
		case "valid":
			return [];
	}
}

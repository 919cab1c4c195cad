import type { FastifyInstance } from "fastify";
import { INTEGRA_FAULTS } from "../faults.ts";
import type { Integra } from "../integra.ts";
import type { PlantedFault } from "./planted-fault.ts";

/** An Integra that behaves as the chosen faults make it. */
export function withFaults(honest: Integra): Integra {
	let integra = honest;
	for (const { parts, stores } of chosen(honest)) {
		integra = { ...integra, ...parts?.(integra) };
		if (stores !== undefined) integra = { ...integra, stores: { ...integra.stores, ...stores(integra.stores) } };
	}
	return integra;
}

/** Adds what the chosen faults change between the wire and the honest routes. */
export function addFaultyHooks(app: FastifyInstance, integra: Integra): void {
	for (const { hooks } of chosen(integra)) hooks?.(app, integra);
}

function chosen({ faults }: Integra): readonly PlantedFault[] {
	return INTEGRA_FAULTS.filter(({ name }) => faults.has(name));
}

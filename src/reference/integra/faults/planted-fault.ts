import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Fault } from "../../fault/fault.ts";
import type { Integra } from "../integra.ts";
import type { Stores } from "../store/stores.ts";

/** A fault with what it changes: each replaces a few functions and leaves the rest, so faults can be combined. */
export interface PlantedFault extends Omit<Fault, "name"> {
	/** Parts that take the place of the honest ones. */
	readonly parts?: (integra: Integra) => Partial<Integra>;
	/** Stores that take the place of the honest ones. */
	readonly stores?: (stores: Stores) => Partial<Stores>;
	/** What happens between the wire and the honest routes. */
	readonly hooks?: (app: FastifyInstance, integra: Integra) => void;
}

/** Changes the body of one operation after it was found valid and before it is used. */
export function alterBody<Body>(
	operation: string,
	alter: (body: Body, request: FastifyRequest, integra: Integra) => Body,
): NonNullable<PlantedFault["hooks"]> {
	return (app, integra) => {
		app.addHook("preHandler", async (request) => {
			if (isOperation(request, operation)) request.body = alter(request.body as Body, request, integra);
		});
	};
}

/** Answers one operation before its route does; a function that gives nothing leaves it to the route. */
export function answerFirst(
	operation: string,
	answer: (request: FastifyRequest, reply: FastifyReply, integra: Integra) => FastifyReply | undefined,
): NonNullable<PlantedFault["hooks"]> {
	return (app, integra) => {
		app.addHook("preHandler", async (request, reply) => {
			return isOperation(request, operation) ? answer(request, reply, integra) : undefined;
		});
	};
}

export function isOperation({ routeOptions }: FastifyRequest, operation: string): boolean {
	return routeOptions.config.operation === operation;
}

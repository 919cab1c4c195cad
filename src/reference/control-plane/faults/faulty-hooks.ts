import type { FastifyInstance } from "fastify";
import type { ControlPlane } from "../control-plane.ts";

export function addFaultyHooks(_app: FastifyInstance, _plane: ControlPlane): void {}

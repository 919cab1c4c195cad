import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Answer } from "../answer/answer.ts";
import { disturbedBody } from "./disturbed-body.ts";

type Head = Readonly<Record<string, string | number>>;

/**
 * Sends an answer as a fault wants it: the connection is lost before the head, after it or within the body, or the body
 * comes piece by piece.
 */
export async function sendDisturbed(response: ServerResponse, answer: Answer, head: Head): Promise<void> {
	if (answer.disturbance?.drop === "before-headers") {
		response.destroy();
		return;
	}
	const { pieces, pauseMs, isLost } = disturbedBody(answer);
	response.writeHead(answer.status, head);
	response.flushHeaders();
	for (const piece of pieces) {
		if (pauseMs > 0) await sleep(pauseMs, undefined, { ref: false });
		if (response.destroyed) return;
		response.write(piece);
	}
	if (!isLost) response.end();
	// What was written reaches the client before the connection is gone.
	else response.socket?.write("", () => response.destroy());
}

/** What happens here, by the name under which the audit log keeps it and webhooks are told of it. */
export const ACTIONS = [
	"project.created",
	"project.updated",
	"api_key.created",
	"api_key.revoked",
	"signing_key.rotated",
	"user.created",
	"user.updated",
	"user.deleted",
	"organization.created",
	"organization.updated",
	"organization.deleted",
	"member.added",
	"member.updated",
	"member.removed",
	"invitation.created",
	"invitation.revoked",
	"invitation.accepted",
	"webhook.created",
	"webhook.tested",
] as const;

export type Action = (typeof ACTIONS)[number];

/** What a webhook is sent to show that it works; nobody can ask for it. */
export const TEST_EVENT = "webhook.test";

/** What webhooks can ask for: all but what happens to webhooks themselves. */
export const EVENT_TYPES: readonly string[] = ACTIONS.filter((action) => !action.startsWith("webhook."));

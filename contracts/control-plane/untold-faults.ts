/** Faults that a check of the whole document does not tell as they are declared, each with the reason. */
export const NOT_TOLD: Readonly<Record<string, string>> = {
	"deliveries-of-other-webhooks-listed": "nothing in the document makes a delivery",
};

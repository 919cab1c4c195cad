const DERIVED =
	"an answer that is put together from several resources: no document says how, and the overlay has no word for it";
const COMPUTED = "the value is computed from another one, and no document says how";
const ACTIONS =
	"which word an operation leaves in the log is said by no document: a mock takes any of those that are documented";
const OUTSIDE = "a real delivery to a receiver, which a mock does not make";

/** What of the suite is asked of the reference alone, by the title of the test. */
export const MOCK_SKIPS: Readonly<Record<string, string>> = {
	"show their secret once, and then how it begins and ends": COMPUTED,
	"stay listed when they are revoked, and can be revoked again": COMPUTED,
	"are there from the start: one that is active": COMPUTED,
	"are for seven days, or for as many as are asked for": COMPUTED,
	"have 50 keys of metadata at most": "how many keys there are after a merge is said in words only",
	"are rotated: the new one is active, the former one previous": COMPUTED,
	"show the organizations that they are in": DERIVED,
	"are gone when they are deleted, with their invitations; users stay": DERIVED,
	"are added as plain members, or as what is asked for": DERIVED,
	"are removed from one organization, and stay users and members elsewhere": DERIVED,
	"make a user who is a member, when they are accepted": DERIVED,
	"are sent a test event, which is among their deliveries": OUTSIDE,
	"of deliveries show everything once, page by page, the newest first": OUTSIDE,
	"keeps every change, the newest first, and nothing of what only reads": ACTIONS,
	"keeps nothing of what is refused": ACTIONS,
	"keeps changes of users, members and invitations": ACTIONS,
	"shows one action when it is asked for": ACTIONS,
};

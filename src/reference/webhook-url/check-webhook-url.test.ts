import { describe, expect, test } from "vitest";
import { refuseWebhookUrl, type WebhookUrlRules } from "./check-webhook-url.ts";

/** Names of this test's own network; asking for any other fails the test. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
	"public.host-a.net": ["93.184.216.34", "2606:2800:220:1::1"],
	"private.host-a.net": ["10.1.2.3"],
	"mixed.host-a.net": ["93.184.216.34", "192.168.0.9"],
	"loopback.host-a.net": ["127.0.0.1"],
	"mapped.host-a.net": ["::ffff:169.254.169.254"],
	"scoped.host-a.net": ["fe80::1%eth0"],
	"odd.host-a.net": ["not an address"],
	"gone.host-a.net": [],
};

const STRICT: WebhookUrlRules = {
	allowHttp: false,
	allowLocalhost: false,
	resolve: async (host) => NAMES[host] ?? expect.fail(`${host} was looked up`),
};

const LOOPBACK = "the host is a loopback address";
const PRIVATE = "the host is a private address";
const NO_URL = "not an absolute http or https URL";

describe("a webhook URL", () => {
	test.each([
		"https://hooks.example.com/gateway",
		"https://hooks.example.com:8443/a?b=c#d",
		"https://93.184.216.34/",
		"https://[2606:2800:220:1::1]/",
		"https://192.0.2.1/",
		"https://198.51.100.7/",
		"https://203.0.113.255/",
		"https://[2001:db8::1]/",
		"https://[3fff::1]/",
		"https://hooks.test/",
		"https://hooks.example/",
		"https://hooks.invalid/",
		"https://example.net./",
		"https://public.host-a.net/",
		"https://gone.host-a.net/",
		"https://172.15.255.255/",
		"https://172.32.0.0/",
		"https://100.63.255.255/",
		"https://100.128.0.0/",
		"https://11.0.0.0/",
		"https://notlocalhost.example.com/",
	])("%s is accepted", async (url) => {
		expect(await refuseWebhookUrl(url, STRICT)).toBeUndefined();
	});

	test.each([
		// IPv4, first and last of each range.
		["https://10.0.0.0/", PRIVATE],
		["https://10.255.255.255/", PRIVATE],
		["https://172.16.0.0/", PRIVATE],
		["https://172.31.255.255/", PRIVATE],
		["https://192.168.0.0/", PRIVATE],
		["https://192.168.255.255/", PRIVATE],
		["https://169.254.169.254/latest/meta-data", PRIVATE],
		["https://100.64.0.0/", PRIVATE],
		["https://100.127.255.255/", PRIVATE],
		["https://0.0.0.0/", PRIVATE],
		["https://0.255.255.255/", PRIVATE],
		["https://224.0.0.1/", PRIVATE],
		["https://240.0.0.1/", PRIVATE],
		["https://255.255.255.255/", PRIVATE],
		["https://198.18.0.1/", PRIVATE],
		["https://192.0.0.8/", PRIVATE],
		["https://127.0.0.1/", LOOPBACK],
		["https://127.255.255.254:8443/", LOOPBACK],
		// Odd spellings of 127.0.0.1 and 10.0.0.1.
		["https://2130706433/", LOOPBACK],
		["https://0x7f000001/", LOOPBACK],
		["https://0x7f.0.0.1/", LOOPBACK],
		["https://017700000001/", LOOPBACK],
		["https://0177.0.0.01/", LOOPBACK],
		["https://127.1/", LOOPBACK],
		["https://127.0.1/", LOOPBACK],
		["https://127.0.0.1./", LOOPBACK],
		["https://%31%32%37.0.0.1/", LOOPBACK],
		["https://167772161/", PRIVATE],
		["https://0xA.1/", PRIVATE],
		["https://012.0.0.1/", PRIVATE],
		// IPv6.
		["https://[::1]/", LOOPBACK],
		["https://[0:0:0:0:0:0:0:1]/", LOOPBACK],
		["https://[::]/", PRIVATE],
		["https://[fc00::1]/", PRIVATE],
		["https://[fdff:ffff::1]/", PRIVATE],
		["https://[fe80::1]/", PRIVATE],
		["https://[febf::1]/", PRIVATE],
		["https://[fec0::1]/", PRIVATE],
		["https://[ff02::1]/", PRIVATE],
		["https://[100::1]/", PRIVATE],
		// IPv4 inside IPv6: mapped, translated, tunnelled.
		["https://[::ffff:127.0.0.1]/", LOOPBACK],
		["https://[::ffff:7f00:1]/", LOOPBACK],
		["https://[::ffff:10.0.0.1]/", PRIVATE],
		["https://[::ffff:a9fe:a9fe]/", PRIVATE],
		["https://[64:ff9b::10.0.0.1]/", PRIVATE],
		["https://[64:ff9b:1::a00:1]/", PRIVATE],
		["https://[2002:a00:1::]/", PRIVATE],
		["https://[2001:0:a00:1::]/", PRIVATE],
		["https://[::127.0.0.1]/", PRIVATE],
		// Names that are reserved, without asking anybody.
		["https://localhost/", LOOPBACK],
		["https://LOCALHOST./", LOOPBACK],
		["https://a.localhost:444/", LOOPBACK],
		["https://printer.local/", PRIVATE],
		["https://db.internal/", PRIVATE],
		["https://nas.home.arpa/", PRIVATE],
		// Names that resolve.
		["https://private.host-a.net/", "the host resolves to a private address"],
		["https://mixed.host-a.net/", "the host resolves to a private address"],
		["https://loopback.host-a.net/", "the host resolves to a loopback address"],
		["https://mapped.host-a.net/", "the host resolves to a private address"],
		["https://scoped.host-a.net/", "the host resolves to a private address"],
		["https://odd.host-a.net/", "the host resolves to a private address"],
		// What is no webhook URL at all.
		["http://hooks.example.com/", "https is required"],
		["https://user:secret@hooks.example.com/", "credentials are not allowed"],
		["https://user@hooks.example.com/", "credentials are not allowed"],
		["https://:secret@hooks.example.com/", "credentials are not allowed"],
		["ftp://hooks.example.com/", NO_URL],
		["javascript:alert(1)", NO_URL],
		["hooks.example.com", NO_URL],
		["//hooks.example.com/", NO_URL],
		["https:hooks.example.com", NO_URL],
		["https://", NO_URL],
		["https:///path", NO_URL],
		["HTTPS://hooks.example.com/", NO_URL],
		[" https://hooks.example.com/", NO_URL],
		["https://hooks.example.com/a b", NO_URL],
		["https://hooks.example.com/\n", NO_URL],
		["https://hooks.example.com\\@10.0.0.1/", NO_URL],
		["https://１２７.0.0.1/", NO_URL],
		["https://hooks.example.com:65536/", NO_URL],
		["https://hooks.example.com/%zz", NO_URL],
		["https://1.2.3.4.5/", NO_URL],
		[`https://hooks.example.com/${"a".repeat(2048)}`, "longer than 2048 characters"],
	])("%s is refused: %s", async (url, reason) => {
		expect(await refuseWebhookUrl(url, STRICT)).toBe(reason);
	});

	test("may be 2048 characters long", async () => {
		const url = "https://hooks.example.com/".padEnd(2048, "a");
		expect(await refuseWebhookUrl(url, STRICT)).toBeUndefined();
	});

	test("may be http when that is allowed", async () => {
		const rules = { ...STRICT, allowHttp: true };
		expect(await refuseWebhookUrl("http://hooks.example.com/", rules)).toBeUndefined();
		expect(await refuseWebhookUrl("http://10.0.0.1/", rules)).toBe(PRIVATE);
		expect(await refuseWebhookUrl("http://localhost/", rules)).toBe(LOOPBACK);
	});

	test.each(["https://localhost/", "https://127.0.0.1:9/", "https://[::1]/", "https://loopback.host-a.net/"])(
		"%s is accepted when loopback is allowed",
		async (url) => {
			expect(await refuseWebhookUrl(url, { ...STRICT, allowLocalhost: true })).toBeUndefined();
		},
	);

	test.each(["https://10.0.0.1/", "https://0.0.0.0/", "https://[::]/", "https://printer.local/"])(
		"%s stays refused when loopback is allowed",
		async (url) => {
			expect(await refuseWebhookUrl(url, { ...STRICT, allowLocalhost: true })).toBe(PRIVATE);
		},
	);
});

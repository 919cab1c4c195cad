/**
 * What the page does by itself: filter, search, copy, unfold what a link leads to, and unfold all for printing. It is
 * written for browsers and not compiled, so it keeps to what every current one knows.
 */
export const SCRIPT = `"use strict";
(() => {
	const all = (selector, root = document) => [...root.querySelectorAll(selector)];

	// Contents of long pages are kept aside, packed, as markup that was escaped when the page was written.
	const packed = document.getElementById("panels");
	let kept = packed ? undefined : [];
	let unpacking;
	async function unpack() {
		const bytes = Uint8Array.from(atob(packed.textContent), (sign) => sign.charCodeAt(0));
		const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
		kept = JSON.parse(await new Response(stream).text());
	}
	function place(details) {
		for (const element of all("[data-panel]", details)) element.outerHTML = kept[Number(element.dataset.panel)] ?? "";
	}
	async function fill(details) {
		if (!details.querySelector("[data-panel]")) return;
		if (!kept) await (unpacking ??= unpack());
		place(details);
	}
	// Printing does not wait: what it needs is there before.
	if (packed) addEventListener("load", () => setTimeout(() => { unpacking ??= unpack(); }, 500));
	document.addEventListener("toggle", (event) => {
		if (event.target.open) fill(event.target);
	}, true);

	const form = document.querySelector("form.filter");
	const findings = all(".finding");
	const others = all("tr[data-text], .operation");
	const figures = all("button.figure");

	function wanted() {
		const pressed = figures.filter((figure) => figure.getAttribute("aria-pressed") === "true");
		const value = (name) => form?.elements[name]?.value ?? "";
		return {
			words: value("text").toLowerCase().split(/\\s+/).filter((word) => word !== ""),
			rule: value("rule"),
			level: value("level"),
			api: value("api"),
			standings: new Set(pressed.map((figure) => figure.dataset.standing)),
		};
	}
	const has = (element, words) => words.every((word) => element.dataset.text.includes(word));
	const fits = (wish, value) => wish === "" || wish === value;

	function apply() {
		const { words, rule, level, api, standings } = wanted();
		let count = 0;
		for (const finding of findings) {
			const { dataset } = finding;
			const shown = has(finding, words) && fits(rule, dataset.rule) && fits(level, dataset.level)
				&& fits(api, dataset.api) && (standings.size === 0 || standings.has(dataset.standing));
			finding.hidden = !shown;
			if (shown) count++;
		}
		// Words that are about findings leave the operations alone.
		const rows = others.filter((row) => fits(api, row.dataset.api) && has(row, words));
		const keep = new Set(rows.length > 0 ? rows : others);
		for (const row of others) row.hidden = !keep.has(row);
		const output = document.getElementById("shown");
		const whole = findings.length + (findings.length === 1 ? " finding" : " findings");
		if (output) output.textContent = count === findings.length ? whole : count + " of " + whole;
		const none = document.getElementById("no-match");
		if (none) none.hidden = count > 0;
	}

	let waiting = 0;
	function applySoon() {
		cancelAnimationFrame(waiting);
		waiting = requestAnimationFrame(apply);
	}
	form?.addEventListener("input", applySoon);
	form?.addEventListener("submit", (event) => event.preventDefault());
	form?.addEventListener("reset", () => {
		for (const figure of figures) figure.setAttribute("aria-pressed", "false");
		applySoon();
	});
	for (const figure of figures) {
		figure.addEventListener("click", () => {
			figure.setAttribute("aria-pressed", String(figure.getAttribute("aria-pressed") !== "true"));
			apply();
		});
	}

	async function copy(text) {
		try {
			await navigator.clipboard.writeText(text);
			return true;
		} catch {
			// A page that is opened from a file may not be allowed to; the old way still is.
			const area = document.createElement("textarea");
			area.value = text;
			document.body.append(area);
			area.select();
			const done = document.execCommand("copy");
			area.remove();
			return done;
		}
	}
	document.addEventListener("click", async (event) => {
		const button = event.target.closest?.("button.copy");
		if (!button) return;
		const done = await copy(button.parentElement.querySelector("pre").textContent);
		const said = document.getElementById("said");
		button.textContent = done ? "Copied" : "Not copied";
		if (said) said.textContent = button.textContent;
		button.focus();
		setTimeout(() => { button.textContent = "Copy"; }, 2000);
	});

	// A link leads to what is folded: it is unfolded, with all around it.
	async function follow() {
		const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
		if (!target) return;
		target.hidden = false;
		for (let element = target; element; element = element.parentElement) {
			if (element.tagName === "DETAILS" && !element.open) {
				element.open = true;
				await fill(element);
			}
		}
		target.scrollIntoView();
		target.querySelector("summary")?.focus({ preventScroll: true });
	}
	addEventListener("hashchange", follow);
	document.addEventListener("click", (event) => {
		const link = event.target.closest?.("a[href^='#']");
		if (link && link.getAttribute("href") === location.hash) follow();
	});
	if (location.hash !== "") follow();

	// On paper nothing can be unfolded.
	let unfolded = [];
	addEventListener("beforeprint", () => {
		unfolded = all(".finding:not([hidden]), .finding .commands, .reasons details").filter((details) => !details.open);
		for (const details of unfolded) {
			if (kept) place(details);
			details.open = true;
		}
	});
	addEventListener("afterprint", () => {
		for (const details of unfolded) details.open = false;
		unfolded = [];
	});
})();
`;

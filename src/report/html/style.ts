/**
 * The page's look: one column of text, dense and quiet; colour only where something is to be seen, and never colour
 * alone. Pairs of colours keep a contrast of 4.5 to 1 in both schemes (WCAG 2.2, 1.4.3).
 */
export const STYLE = `
:root {
	color-scheme: light dark;
	--paper: light-dark(#fcfcfa, #16181b);
	--raised: light-dark(#ffffff, #1d2024);
	--sunken: light-dark(#f2f2ee, #121416);
	--ink: light-dark(#1b1d20, #e4e5e3);
	--soft: light-dark(#585d64, #a3a9b0);
	--rule: light-dark(#d9dad5, #33383e);
	--strong-rule: light-dark(#8b9098, #6d747c);
	--link: light-dark(#1a5a86, #82bde6);
	--drift: light-dark(#a8320e, #ff9d76);
	--drift-tint: light-dark(#fbe9e1, #3a221a);
	--surprise: light-dark(#6a3c9a, #c9a4f2);
	--surprise-tint: light-dark(#f0e8f8, #2c2338);
	--known: light-dark(#7a5600, #e2b95a);
	--known-tint: light-dark(#f8efd6, #332a15);
	--agrees: light-dark(#14615a, #74c9bf);
	--agrees-tint: light-dark(#e2f1ee, #14302d);
	--open: light-dark(#585d64, #a3a9b0);
	--sans: system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif;
	--mono: ui-monospace, "SF Mono", "Cascadia Mono", "Noto Sans Mono", "Liberation Mono", monospace;
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 4.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 76rem; padding: 2rem 1.5rem 4rem; background: var(--paper); color: var(--ink); font: 0.9375rem/1.5 var(--sans); }
code, pre { font-family: var(--mono); font-size: 0.86em; }
a { color: var(--link); text-underline-offset: 0.15em; text-decoration-thickness: 1px; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
h1, h2, h3, h4 { line-height: 1.25; margin: 0; font-weight: 650; text-wrap: balance; }
h1 { font-size: 1.75rem; letter-spacing: -0.01em; }
h2 { font-size: 1.25rem; margin: 2.75rem 0 0.75rem; }
h3 { font-size: 1rem; margin: 2rem 0 0.6rem; }
h4 { font-size: 0.8125rem; margin: 1.25rem 0 0.4rem; color: var(--soft); }
.body h3 { font-size: 0.8125rem; margin: 1.25rem 0 0.4rem; color: var(--soft); }
.body h4 { font-size: 0.875rem; margin: 0 0 0.3rem; color: var(--ink); }
p, ul, dl, figure { margin: 0; padding: 0; }
ul { list-style: none; }
small { font-size: 0.8125em; }
.quiet, .why { color: var(--soft); }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--raised); padding: 0.4rem 0.8rem; z-index: 3; }
header .kit { color: var(--soft); font-size: 0.8125rem; margin-bottom: 0.2rem; }
header .result { font-size: 1.0625rem; margin: 0.5rem 0 1.25rem; max-width: 70ch; }
header .alarm::first-line { font-weight: 600; }
header nav { margin-top: 1rem; border-top: 1px solid var(--rule); padding-top: 0.6rem; font-size: 0.875rem; }
header nav ul { display: flex; flex-wrap: wrap; gap: 0.2rem 1.5rem; }
header nav a + a { margin-left: 0.6rem; }
.figures { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-bottom: 0.6rem; }
.figure { display: block; min-width: 6.5rem; padding: 0.45rem 0.7rem; font: inherit; font-size: 0.8125rem; text-align: left; color: var(--ink); background: var(--raised); border: 1px solid var(--rule); border-left: 4px solid var(--tone, var(--strong-rule)); border-radius: 3px; text-decoration: none; cursor: pointer; }
.figure b { display: block; font-size: 1.375rem; line-height: 1.15; font-variant-numeric: tabular-nums; }
.figure:disabled { cursor: default; color: var(--soft); border-left-color: var(--rule); }
.figure[aria-pressed="true"] { background: var(--ink); color: var(--paper); }
.new, .grown { --tone: var(--drift); --tint: var(--drift-tint); }
.standing, .flaky { --tone: var(--surprise); --tint: var(--surprise-tint); }
.known { --tone: var(--known); --tint: var(--known-tint); }
.gone, .agrees { --tone: var(--agrees); --tint: var(--agrees-tint); }
.drift { --tone: var(--drift); --tint: var(--drift-tint); }
.surprise { --tone: var(--surprise); --tint: var(--surprise-tint); }
.undecided { --tone: var(--open); --tint: var(--sunken); }
.badge { justify-self: start; display: inline-block; padding: 0 0.5em; border: 1px solid var(--tone); border-radius: 3px; background: var(--tint); color: var(--tone); font-size: 0.8125rem; white-space: nowrap; }
.facts > div { display: grid; grid-template-columns: 6.5rem 1fr; gap: 0 0.75rem; padding: 0.12rem 0; }
.facts dt { color: var(--soft); font-size: 0.8125rem; padding-top: 0.1em; }
.facts dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
.about { font-size: 0.875rem; margin-top: 0.75rem; }
.filter { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem 1rem; padding: 0.6rem 0; background: var(--paper); border-bottom: 1px solid var(--rule); font-size: 0.875rem; }
.filter input, .filter select, .filter button, .copy { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--strong-rule); border-radius: 3px; padding: 0.2rem 0.5rem; }
.filter button, .copy { cursor: pointer; }
.filter .find { flex: 1 1 18rem; display: flex; align-items: center; gap: 0.5rem; }
.filter .find input { flex: 1; min-width: 8rem; }
.filter output { color: var(--soft); font-variant-numeric: tabular-nums; margin-left: auto; }
.list > details { border-bottom: 1px solid var(--rule); }
.long > details { content-visibility: auto; contain-intrinsic-block-size: auto 2.6rem; }
.list > details[open] { background: var(--raised); }
summary { cursor: pointer; }
.finding > summary { display: grid; grid-template-columns: 6.5rem minmax(12rem, 1.2fr) minmax(10rem, 1fr) auto; gap: 0.25rem 1rem; align-items: baseline; padding: 0.5rem 0.5rem; list-style: none; }
.operation > summary { display: grid; grid-template-columns: minmax(14rem, 1fr) auto minmax(9rem, auto); gap: 0.25rem 1rem; align-items: baseline; padding: 0.35rem 0.5rem; list-style: none; }
summary::-webkit-details-marker { display: none; }
.list > details > summary:hover { background: var(--sunken); }
.op { font-family: var(--mono); font-size: 0.86em; overflow-wrap: anywhere; }
.op b { font-weight: 650; }
.api { color: var(--soft); }
section.api { color: inherit; }
.sides { overflow-wrap: anywhere; }
.sides .observed { font-weight: 600; color: var(--drift); }
.surprise > summary .observed { color: var(--surprise); }
.arrow { color: var(--soft); }
.rule { color: var(--soft); font-size: 0.8125rem; text-align: right; }
.body { padding: 0.25rem 0.5rem 1.5rem; max-width: 68rem; }
.message { max-width: 75ch; margin-bottom: 0.75rem; }
.quote { margin: 0.75rem 0; padding-left: 1rem; border-left: 3px solid var(--strong-rule); }
.quote blockquote { margin: 0; font-size: 1.0625rem; max-width: 65ch; white-space: pre-line; }
.quote blockquote::before { content: "\\201c"; } .quote blockquote::after { content: "\\201d"; }
.quote figcaption { color: var(--soft); font-size: 0.8125rem; margin-top: 0.15rem; }
.suspect { display: inline-block; border: 1px dashed var(--strong-rule); border-radius: 3px; padding: 0 0.4em; }
.proof { border: 1px solid var(--rule); border-radius: 3px; overflow: hidden; }
.proof .row { display: grid; grid-template-columns: minmax(13rem, 1fr) minmax(10rem, 1fr) 1.5rem minmax(12rem, 1.15fr); }
.proof .row > * { padding: 0.5rem 0.75rem; min-width: 0; }
.proof .head { background: var(--sunken); color: var(--soft); font-size: 0.8125rem; }
.proof .head > :last-child { grid-column: 4; }
.proof .row + .row { border-top: 1px solid var(--rule); }
.proof .request { position: relative; padding-left: 2.75rem !important; overflow-wrap: anywhere; }
.proof .request::before { content: ""; position: absolute; left: 1.32rem; top: 0; bottom: 0; border-left: 2px solid var(--rule); }
.proof .row:nth-child(2) .request::before { top: 0.75rem; }
.proof .row:last-child .request::before { bottom: calc(100% - 1rem); }
.proof .step { position: absolute; left: 0.65rem; top: 0.5rem; width: 1.45rem; height: 1.45rem; line-height: 1.35rem; text-align: center; border: 2px solid var(--strong-rule); border-radius: 50%; background: var(--raised); font-size: 0.75rem; font-weight: 600; }
.proof .parts .step { border-radius: 2px; border-color: var(--drift); background: var(--drift); color: var(--paper); }
.proof .sent { display: block; color: var(--soft); margin-top: 0.15rem; }
.proof .side { overflow-wrap: anywhere; }
.proof .label { display: none; }
.proof .verdict { padding-inline: 0 !important; text-align: center; color: var(--soft); }
.proof .parts .verdict { color: var(--drift); font-weight: 700; }
.proof .parts { background: var(--sunken); }
.proof .items { display: flex; flex-wrap: wrap; gap: 0.25rem; }
.proof .items .piece { border: 1px solid var(--rule); border-radius: 3px; padding: 0 0.4em; background: var(--raised); }
.piece { display: inline-block; overflow-wrap: anywhere; }
mark.piece { background: var(--drift-tint) !important; color: var(--drift); border: 2px solid var(--drift) !important; border-radius: 3px; padding: 0 0.4em; }
mark.missing { border-style: dashed !important; }
mark.missing code { text-decoration: line-through; }
mark code { font-weight: 650; } mark small { font-style: italic; }
.fields > div { align-items: baseline; display: grid; grid-template-columns: minmax(4rem, auto) 1fr; gap: 0 0.6rem; }
.fields dt { color: var(--soft); font-family: var(--mono); font-size: 0.8125rem; }
.fields dd { margin: 0; min-width: 0; }
.commands { margin-top: 0.6rem; }
.commands > summary { color: var(--link); font-size: 0.875rem; width: fit-content; }
.code { position: relative; margin: 0.35rem 0; }
.code pre { margin: 0; padding: 0.6rem 5rem 0.6rem 0.75rem; background: var(--sunken); border: 1px solid var(--rule); border-radius: 3px; overflow-x: auto; line-height: 1.45; max-height: 26rem; }
.copy { position: absolute; right: 0.4rem; top: 0.4rem; font-size: 0.8125rem; }
.repairs { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem 1.5rem; }
.repairs > section { border-top: 2px solid var(--strong-rule); padding-top: 0.5rem; min-width: 0; }
.repairs .first { color: var(--soft); font-weight: 400; }
.legend { display: flex; flex-wrap: wrap; gap: 0.3rem 1.1rem; font-size: 0.8125rem; margin-bottom: 0.6rem; }
.scroll { overflow-x: auto; }
.part { content-visibility: auto; contain-intrinsic-block-size: auto 150rem; }
.map { border-collapse: collapse; width: 100%; font-size: 0.8125rem; }
.map thead th { color: var(--soft); font-weight: 500; padding: 0.2rem 0.3rem; border-bottom: 1px solid var(--strong-rule); width: 4.4rem; text-align: center; }
.map th:first-child { text-align: left; font-weight: 400; padding: 0.14rem 0.75rem 0.14rem 0; width: auto; font-family: var(--mono); font-size: 0.75rem; }
.map thead th:first-child { font-family: var(--sans); font-size: 0.8125rem; }
.map a { color: inherit; text-decoration: none; } .map a:hover { text-decoration: underline; }
.map td { text-align: center; border: 1px solid var(--paper); padding: 0.1rem 0.2rem; background: var(--tint); color: var(--tone); }
/* The rest of the word is for readers of screens. */
.map td, .cell { font-size: 0; } .map td b, .map td small, .cell b { font-size: 0.75rem; font-weight: 500; font-variant-numeric: tabular-nums; }
.map td small { margin-left: 0.25em; font-size: 0.6875rem; }
.map td.silent::before { content: "·"; font-size: 0.75rem; }
.map td.drift, .map td.surprise, .map td.known { box-shadow: inset 0 0 0 2px var(--tone); } .map td.drift b, .map td.surprise b, .map td.known b { font-weight: 750; }
.map td.undecided { box-shadow: inset 0 0 0 1px var(--rule); background: none; }
.map td.silent { background: none; color: var(--soft); }
.cell { display: inline-block; text-align: center; border-radius: 2px; background: var(--tint); color: var(--tone); box-shadow: inset 0 0 0 1px var(--tone); line-height: 1.1rem; min-width: 1.1rem; }
.cell.silent { box-shadow: none; color: var(--soft); background: none; }
.shares { border-collapse: collapse; }
.shares th { text-align: left; font-weight: 400; padding: 0.15rem 1rem 0.15rem 0; }
.shares td { padding: 0.15rem 1rem 0.15rem 0; font-variant-numeric: tabular-nums; }
.shares meter { width: 12rem; height: 0.8rem; vertical-align: middle; }
.shares meter::-webkit-meter-bar { background: var(--sunken); border: 1px solid var(--rule); border-radius: 2px; height: 0.6rem; }
.shares meter::-webkit-meter-optimum-value, .shares meter::-webkit-meter-suboptimum-value, .shares meter::-webkit-meter-even-less-good-value { background: var(--agrees); }
.shares meter::-moz-meter-bar { background: var(--agrees); }
.reasons > li, .notes > li, .gone > li, .links > li { padding: 0.15rem 0; overflow-wrap: anywhere; }
.reasons ul { padding-left: 1.5rem; } .reasons ul li { padding: 0.1rem 0; }
.count { margin-right: 0.4rem; color: var(--tone); } .used { color: var(--soft); font-size: 0.8125rem; text-align: right; }
.count.drift { font-weight: 650; }
.claims > li { display: grid; grid-template-columns: 1.6rem 1fr; gap: 0.5rem; padding: 0.3rem 0; border-bottom: 1px dotted var(--rule); }
.claims .cell { height: 1.1rem; margin-top: 0.2rem; }
.claims .because, .claims .rivals { color: var(--soft); font-size: 0.8125rem; overflow-wrap: anywhere; }
.links { margin-bottom: 0.5rem; }
.seen { display: inline-block; margin-right: 0.6rem; } .seen small { color: var(--soft); }
.seen.never code { text-decoration: underline dashed; text-underline-offset: 0.2em; color: var(--soft); }
.nothing { padding: 1rem 0; color: var(--soft); }
footer { margin-top: 3rem; border-top: 1px solid var(--rule); padding-top: 0.75rem; color: var(--soft); font-size: 0.8125rem; }
@media screen and (max-width: 48rem) {
	body { padding: 1.25rem 1rem 3rem; }
	.finding > summary, .operation > summary { grid-template-columns: 1fr; gap: 0.1rem; }
	.rule, .used { text-align: left; }
	.figure { min-width: 5.5rem; }
	.filter { position: static; } .filter output { margin-left: 0; }
	.facts > div { grid-template-columns: 1fr; }
	.proof .head { display: none; }
	.proof .row { grid-template-columns: 1fr; }
	.proof .label { display: block; color: var(--soft); font-size: 0.75rem; }
	.proof .verdict { display: none; }
	.proof .row > .side { padding: 0.25rem 0.75rem 0.5rem 2.75rem; }
	.proof .row:nth-child(2) .request::before { top: 0.75rem; }
	.repairs { grid-template-columns: 1fr; }
	.shares meter { width: 5rem; } .shares th, .shares td { padding-right: 0.6rem; } .shares td.quiet { display: none; } .shares .number { white-space: nowrap; }
}
@media print {
	:root { color-scheme: light; }
	body { max-width: none; padding: 0; font-size: 9.5pt; }
	.filter, .copy, .skip, header nav { display: none; }
	.long > details, .part { content-visibility: visible; }
	.finding, .proof .row, .repairs > section, .map tr { break-inside: avoid; }
	.finding[open] { break-inside: auto; }
	h2, h3, h4, .finding > summary { break-after: avoid; }
	.code pre { white-space: pre-wrap; overflow-wrap: anywhere; max-height: none; padding-right: 0.75rem; }
	.map thead { display: table-header-group; }
	.map td, .cell, .badge, mark.piece, .proof .step, .proof .head { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
	a { color: inherit; text-decoration: none; }
}
@media (forced-colors: active) {
	.map td.drift, .map td.known, mark.piece { outline: 2px solid; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;

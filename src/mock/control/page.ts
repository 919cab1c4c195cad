/** The control for people: one page that needs nothing else, and uses the JSON API that programs use. */
export const CONTROL_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>holdfast mock</title>
<style>
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --accent: #0a7d6b; --bad: #c0392b }
* { box-sizing: border-box }
body { font: 14px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 1200px; padding: 1rem 1.5rem 4rem }
header { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: baseline; border-bottom: 1px solid var(--line); padding-bottom: .75rem }
h1 { font-size: 1.15rem; margin: 0 } h2 { font-size: 1rem; margin: 1.75rem 0 .5rem }
main { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 2rem }
@media (max-width: 860px) { main { grid-template-columns: minmax(0, 1fr) } }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .2rem .75rem .2rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
th { font-weight: 500; opacity: .7 } td.end { text-align: right; font-variant-numeric: tabular-nums }
pre, textarea, code { font: 12px/1.45 ui-monospace, monospace } pre, textarea { background: var(--soft); border: 1px solid var(--line); border-radius: 4px; padding: .6rem; margin: .4rem 0; overflow: auto; max-height: 26rem; width: 100% }
button, input, select { font: inherit; padding: .15rem .6rem; border: 1px solid var(--line); border-radius: 4px; background: var(--soft); color: inherit }
button { cursor: pointer } button.link { border: 0; background: none; padding: 0; color: var(--accent); text-align: left } button:focus-visible, input:focus-visible { outline: 2px solid var(--accent) }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .3rem 0 } .grow { flex: 1 } .bad { color: var(--bad) } .soft { opacity: .65 }
ul { margin: .3rem 0; padding-left: 1.2rem }
</style>
</head>
<body>
<header><h1 id="title">holdfast mock</h1><select id="api" hidden aria-label="API"></select><span class="soft" id="facts"></span><span class="grow"></span><button id="reset">Reset</button></header>
<p class="bad" id="error" role="alert" hidden></p>
<main>
<section>
<h2>State</h2><table id="resources"><tbody></tbody></table>
<div id="editor" hidden><div class="row"><code id="path" class="grow"></code><button id="save">Save</button><button id="remove">Remove</button></div><textarea id="value" rows="14" spellcheck="false" aria-label="Value"></textarea></div>
<h2>Snapshots</h2><div class="row"><input id="snapshot" placeholder="name" aria-label="Name of the snapshot"><button id="take">Save</button></div><table id="snapshots"><tbody></tbody></table><pre id="difference" hidden></pre>
<h2>Clock</h2><div class="row"><code id="now"></code><button id="freeze"></button><input id="ahead" value="60s" size="6" aria-label="Time to advance"><button id="advance">Advance</button><button id="machine">Machine time</button></div>
<h2>Faults</h2><div class="row"><input id="fault" class="grow" placeholder="listApps: status=503, rate=0.1" aria-label="Fault"><button id="add">Add</button><button id="calm">Clear</button></div><ul id="faults"></ul>
</section>
<section>
<h2>Last requests</h2><table id="requests"><tbody></tbody></table><pre id="why" hidden></pre>
</section>
</main>
<script>
"use strict";
const $ = (id) => document.getElementById(id);
const token = new URLSearchParams(location.hash.slice(1)).get("token");
let api = "", shown = "";
async function call(method, path, body) {
  const headers = { accept: "application/json" };
  if (token) headers.authorization = "Bearer " + token;
  if (body !== undefined) headers["content-type"] = "application/json";
  const answer = await fetch("/__holdfast/" + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await answer.text();
  const value = text === "" ? undefined : JSON.parse(text);
  if (!answer.ok) throw new Error(value.error || value.errors.map((one) => one.message).join("; "));
  return value;
}
const part = (path) => encodeURIComponent(api) + "/" + path;
function guarded(work) {
  return async (...given) => {
    try { await work(...given); $("error").hidden = true; }
    catch (error) { $("error").textContent = error.message; $("error").hidden = false; }
  };
}
function fill(body, rows) {
  body.replaceChildren(...rows.map((cells) => {
    const row = document.createElement("tr");
    row.append(...cells.map((cell) => {
      const td = document.createElement("td");
      if (cell instanceof Node) td.append(cell); else td.textContent = cell;
      return td;
    }));
    return row;
  }));
}
function button(text, work) {
  const made = document.createElement("button");
  made.className = "link"; made.textContent = text; made.onclick = guarded(work);
  return made;
}
async function show(path) {
  shown = path;
  const value = await call("GET", part("state/" + path));
  $("path").textContent = path; $("value").value = JSON.stringify(value, null, 2); $("editor").hidden = false;
}
const refresh = guarded(async () => {
  const { apis } = await call("GET", "");
  if (!apis.some(({ name }) => name === api)) api = apis[0].name;
  $("api").hidden = apis.length < 2;
  $("api").replaceChildren(...apis.map(({ name }) => new Option(name, name, false, name === api)));
  const facts = await call("GET", part(""));
  $("title").textContent = facts.title + " " + facts.version;
  $("facts").textContent = facts.operations + " operations";
  fill($("resources").tBodies[0], facts.resources.map((one) => [
    one.parent === null ? button(one.name, () => show(one.name)) : one.name + " in " + one.parent,
    one.path, String(one.items) + (one.items === 1 ? " item" : " items")]));
  $("now").textContent = facts.clock.now + (facts.clock.frozen ? " (stands)" : "");
  $("freeze").textContent = facts.clock.frozen ? "Run" : "Freeze";
  $("freeze").onclick = act(() => call("PUT", part("clock"), { frozen: !facts.clock.frozen }));
  const snapshots = await call("GET", part("snapshots"));
  fill($("snapshots").tBodies[0], snapshots.map((name) => {
    const path = part("snapshots/" + encodeURIComponent(name));
    return [name, button("restore", act(() => call("POST", path + "/restore"))), button("compare with now", async () => {
      const differences = await call("GET", path + "/diff");
      $("difference").textContent = differences.length === 0 ? "no difference" : JSON.stringify(differences, null, 2);
      $("difference").hidden = false;
    }), button("remove", act(() => call("DELETE", path)))];
  }));
  const faults = await call("GET", part("faults"));
  $("faults").replaceChildren(...faults.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  const requests = await call("GET", part("requests?last=30")).catch(() => []);
  fill($("requests").tBodies[0], requests.map((one) => [
    button(one.method + " " + one.path, async () => {
      $("why").textContent = JSON.stringify(await call("GET", part("requests/" + one.number)), null, 2);
      $("why").hidden = false;
    }), String(one.status), one.why]));
});
const act = (work) => guarded(async () => { await work(); await refresh(); if (!$("editor").hidden) await show(shown).catch(() => { $("editor").hidden = true; }); });
$("api").onchange = () => { api = $("api").value; $("editor").hidden = true; refresh(); };
$("reset").onclick = act(() => call("POST", part("reset")));
$("save").onclick = act(() => call("PUT", part("state/" + shown), JSON.parse($("value").value)));
$("remove").onclick = act(() => call("DELETE", part("state/" + shown)));
$("take").onclick = act(() => call("PUT", part("snapshots/" + encodeURIComponent($("snapshot").value))));
$("advance").onclick = act(() => call("PUT", part("clock"), { advance: $("ahead").value }));
$("machine").onclick = act(() => call("DELETE", part("clock")));
$("add").onclick = act(() => call("POST", part("faults"), [$("fault").value]));
$("calm").onclick = act(() => call("DELETE", part("faults")));
refresh();
setInterval(() => { if (!document.hidden) refresh(); }, 2000);
</script>
</body>
</html>
`;

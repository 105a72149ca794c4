// Dead letters by group, and one by one; the filter stands in the address.

import { h, prose, replace, say } from "./dom.js";
import { get, isReadOnly, lines } from "./api.js";
import { follow } from "./live.js";
import { moment, number, plural } from "./format.js";
import { progress, redrive } from "./redrive.js";

const MOST_ROWS = 200;
const FIELDS = [["reason", "Reason", "forbidden"], ["status", "Status", "403"], ["group", "Group", "forbidden 403 /companies/*"], ["path", "Path", "/companies/*"], ["since", "Since", "2026-01-31"], ["until", "Until", "2026-02-01"], ["text", "Text", "anywhere in it"], ["id", "Id", "score-1"]];

export function deadLetters({ onEnd, go }) {
  const query = new URLSearchParams(location.search);
  const groups = h("section", { "aria-labelledby": "groups", "aria-busy": "true" }, h("h2", { id: "groups" }, "By cause"), h("p", {}, "Looking …"));
  const body = h("tbody", {});
  const count = h("p", { role: "status" }, "Looking …");
  const ended = h("div", {});
  const stop = new AbortController();
  onEnd(() => stop.abort());
  onEnd(follow(({ redrives }) => replace(ended, redrives.filter((run) => !run.isRunning && !run.failure).slice(0, 3).map(progress))));
  const fail = (error) => { if (error.name !== "AbortError") say(error.message, true); };
  loadGroups(groups, query, stop.signal).catch(fail);
  loadRows(body, count, query, stop.signal).catch(fail);
  return [
    h("h1", {}, "Dead letters"), filter(query, go), ended, groups,
    h("section", { "aria-labelledby": "rows" }, h("h2", { id: "rows" }, "One by one"), actions(body, query), count,
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Dead letters, one by one" },
        h("table", { class: "rows" }, h("thead", {}, h("tr", {}, !isReadOnly && h("th", { scope: "col" }, h("span", { class: "unseen" }, "Select")), ["Id", "Reason", "Request", "Since"].map((name) => h("th", { scope: "col" }, name)))), body))),
  ];
}

function filter(query, go) {
  const form = h("form", { class: "filter", role: "search", "aria-label": "Filter", onsubmit: (event) => {
    event.preventDefault();
    const wanted = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()).map(([name, value]) => [name, value.trim()]));
    go(`/dead-letters${wanted.size > 0 ? `?${wanted}` : ""}`);
  } }, FIELDS.map(([name, label, example]) => h("label", {}, label, h("input", { name, value: query.get(name) ?? "", placeholder: example, autocomplete: "off" }))),
  h("button", { class: "primary" }, "Filter"), query.size > 0 && h("a", { href: "/dead-letters" }, "All"));
  // On a phone it stands in the way of what somebody came for.
  return h("details", { open: query.size > 0 || matchMedia("(min-width: 40rem)").matches }, h("summary", {}, "Filter"), form);
}

async function loadGroups(section, query, signal) {
  const found = await get(`/api/dead-letters/groups?${query}`, signal);
  section.removeAttribute("aria-busy");
  replace(section, h("h2", { id: "groups" }, "By cause"), found.length === 0 ? h("p", {}, "None.") : found.map((each) => group(each, query)));
}

function group({ name, reason, status, path, count, first, last, example, cause, remedies }, shown) {
  const query = new URLSearchParams(shown); // what is counted here is what is acted upon
  query.set("group", name);
  return h("article", { class: "group" },
    h("h3", {}, h("a", { href: `/dead-letters?${query}` }, `${plural(count, "request")}: ${reason}${status ? ` ${status}` : ""}`)),
    h("p", { class: "faint" }, path && h("code", {}, path), ` ${moment(first)} to ${moment(last)}`),
    cause && h("p", {}, prose(cause)), remedies.length > 0 && h("ul", {}, remedies.map((remedy) => h("li", {}, prose(remedy)))),
    h("div", { class: "buttons" }, h("a", { href: `/requests/${encodeURIComponent(example)}` }, "An example"),
      !isReadOnly && h("button", { type: "button", onclick: () => redrive(query) }, "Redrive …")));
}

async function loadRows(body, count, query, signal) {
  let shown = 0;
  await lines(`/api/dead-letters?${query}`, signal, (letter) => {
    if (++shown <= MOST_ROWS) body.append(row(letter));
    count.textContent = shown > MOST_ROWS ? `The first ${number(MOST_ROWS)}; narrow the filter to see others.` : plural(shown, "dead letter");
  });
  if (shown === 0) count.textContent = "None.";
}

function row({ id, reason, status, method, path, at }) {
  return h("tr", { "data-id": id }, !isReadOnly && h("td", {}, h("input", { type: "checkbox", "aria-label": `Select ${id}` })),
    h("td", {}, h("a", { href: `/requests/${encodeURIComponent(id)}` }, id)), h("td", {}, `${reason}${status ? ` ${status}` : ""}`), h("td", {}, method ? h("code", {}, `${method} ${path}`) : "no request"), h("td", {}, moment(at)));
}

function actions(body, query) {
  if (isReadOnly) return null;
  const selected = () => [...body.querySelectorAll("input:checked")].map((box) => box.closest("tr").dataset.id);
  return h("div", { class: "buttons" },
    h("button", { type: "button", id: "redrive-selected", onclick: () => {
      const ids = selected();
      if (ids.length === 0) say("Nothing is selected."); else redrive(new URLSearchParams(ids.map((id) => ["id", id])));
    } }, "Redrive the selected …"),
    h("button", { type: "button", onclick: () => redrive(query) }, query.size > 0 ? "Redrive all that match …" : "Redrive all …"));
}

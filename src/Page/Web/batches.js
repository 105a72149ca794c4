// How far a batch has come; its name stands in the address.

import { h, replace, say } from "./dom.js";
import { get } from "./api.js";
import { number, plural } from "./format.js";

const PAUSE = 5000;

export function batches({ onEnd, go }) {
  const id = new URLSearchParams(location.search).get("id")?.trim() ?? "";
  const found = h("div", {});
  const form = h("form", { class: "filter", role: "search", "aria-label": "Find a batch", onsubmit: (event) => {
    event.preventDefault();
    const wanted = new FormData(form).get("id").trim();
    if (wanted) go(`/batches?${new URLSearchParams({ id: wanted })}`);
  } }, h("label", {}, "Batch", h("input", { name: "id", value: id, placeholder: "night-2026-11-28", autocomplete: "off" })), h("button", { class: "primary" }, "Count"));
  if (id) follow(id, found, onEnd);
  return [h("h1", {}, "Batches"), h("p", {}, "Who sends requests gives those that belong together the same ", h("code", {}, "batch"), "."), form, found];
}

/** Counts again and again while the view is shown. */
function follow(id, found, onEnd) {
  const stop = new AbortController();
  let timer = null;
  onEnd(() => { stop.abort(); clearTimeout(timer); });
  found.setAttribute("aria-busy", "true");
  const count = async () => {
    try {
      replace(found, show(id, await get(`/api/batches/${encodeURIComponent(id)}`, stop.signal)));
      say("");
    } catch (error) {
      if (error.name === "AbortError") return;
      if (found.childElementCount === 0 || error.status < 500) replace(found, h("p", { role: "status" }, error.message));
      else say(error.message, true); // what was counted last stays
    }
    found.removeAttribute("aria-busy");
    if (!stop.signal.aborted) timer = setTimeout(count, PAUSE);
  };
  count();
}

function show(id, { done, dead, waiting }) {
  const seen = done + dead + waiting;
  const label = `${number(done)} of ${plural(seen, "request")} done`;
  return [
    h("h2", {}, id), h("p", { role: "status" }, `${label}.`), h("progress", { max: seen, value: done, "aria-label": label }),
    h("dl", { class: "tiles" }, tile("Done", done, "called with success"),
      tile("Dead", dead, dead > 0 ? h("a", { href: `/dead-letters?${new URLSearchParams({ text: id })}` }, "Look for them") : "none was given up"), tile("Waiting", waiting, "looked at, and put back for later")),
    h("p", { class: "faint" }, "What Courier has not looked at yet is not counted."),
  ];
}

function tile(name, count, more) {
  return h("div", {}, h("dt", {}, name), h("dd", {}, h("strong", {}, number(count)), h("span", {}, more)));
}

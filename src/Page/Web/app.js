// Which view an address shows. Links within the page do not load it anew.

import { replace, say, h } from "./dom.js";
import { banners } from "./banners.js";
import { overview } from "./overview.js";
import { deadLetters } from "./dead-letters.js";
import { request } from "./request.js";
import { batches } from "./batches.js";
import { schedules } from "./schedules.js";
import { alerts } from "./alerts.js";
import { listen } from "./keys.js";

const VIEWS = [
  [/^\/$/, "Overview", overview],
  [/^\/dead-letters$/, "Dead letters", deadLetters],
  [/^\/requests\/([^/]+)$/, "Request", request],
  [/^\/batches$/, "Batches", batches],
  [/^\/schedules$/, "Schedules", schedules],
  [/^\/alerts$/, "Alerts", alerts],
];

const view = document.getElementById("view");
let ends = [];

function show(isFirst = false) {
  for (const end of ends) end();
  ends = [];
  const [pattern, title, make] = VIEWS.find(([each]) => each.test(location.pathname)) ?? [/(.*)/, "Not found", nothing];
  document.title = `${title} · Courier`;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  say("");
  replace(view, make({ parts: pattern.exec(location.pathname).slice(1).map(decodeURIComponent), onEnd: (end) => ends.push(end), go }));
  if (!isFirst) view.focus();
}

export function go(address, { isSame = false } = {}) {
  if (isSame) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  if (!isSame) show();
}

function nothing() {
  return h("p", {}, "There is no such view. ", h("a", { href: "/" }, "Overview"));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a");
  if (!link || link.origin !== location.origin || link.hash || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go(link.pathname + link.search);
});
window.addEventListener("popstate", () => show());
banners(document.getElementById("banners"));
listen(go);
show(true);

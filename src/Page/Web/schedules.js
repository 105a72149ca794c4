// Requests that are called by the clock.

import { h, replace } from "./dom.js";
import { follow } from "./live.js";
import { moment } from "./format.js";

export function schedules({ onEnd }) {
  const body = h("tbody", {});
  const none = h("p", {}, "");
  onEnd(follow(({ status }) => {
    none.textContent = status.schedules.length === 0 ? "None is set: Schedules:n:Name, :Cron and :Request make one." : "";
    replace(body, status.schedules.map(({ name, last, runningSince, next }) => h("tr", {}, [name, last ? moment(last) : "never", runningSince ? `since ${moment(runningSince)}` : "no", next ? moment(next) : "not in these settings"].map((cell) => h("td", {}, cell)))));
  }));
  return [h("h1", {}, "Schedules"), none, h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Schedules" },
    h("table", {}, h("thead", {}, h("tr", {}, ["Name", "Last", "Running", "Next"].map((name) => h("th", { scope: "col" }, name)))), body))];
}

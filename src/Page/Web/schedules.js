// Requests that are called by the clock.

import { h, replace } from "./dom.js";
import { follow } from "./live.js";
import { ago, duration, moment } from "./format.js";

export function schedules({ onEnd }) {
  const list = h("div", {});
  onEnd(follow(({ status }) => replace(list, status.schedules.length === 0 ? h("p", {}, "None is set: Schedules:n:Name, :Cron and :Request make one.") : status.schedules.map(schedule))));
  return [h("h1", {}, "Schedules"), list, h("p", { class: "faint" }, `Times are those of this browser (${Intl.DateTimeFormat().resolvedOptions().timeZone}), but for the zone that a schedule names.`)];
}

function schedule({ name, when, last, runningSince, next }) {
  return h("article", { class: "group" }, h("h2", {}, name), h("p", {}, when ?? "Not in the settings that this page reads: another deployment's, or one that was taken out."),
    h("dl", { class: "pairs" },
      h("dt", {}, "Last"), h("dd", {}, last ? `${moment(last)}, ${ago(last)}` : "never yet"),
      h("dt", {}, "Next"), h("dd", {}, next ? `${moment(next)}, in ${duration(new Date(next) - Date.now())}` : "not known"),
      runningSince && [h("dt", {}, "Running"), h("dd", {}, `since ${moment(runningSince)}`)]));
}

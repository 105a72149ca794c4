// What stands now, and what was told before.

import { h, replace, say } from "./dom.js";
import { get } from "./api.js";
import { follow } from "./live.js";
import { duration, moment, plural } from "./format.js";

/** The kinds that last until something ends them, the field of the status that says since when, and what they mean. */
export const LASTING = [
  ["api-outage", "outageSince", "Most calls fail. Requests are tried again by themselves."],
  ["credential-rejected", "heldSince", "The API refuses the key, and nothing is called with it. A valid Api:Key lets requests go on."],
  ["storage-blocked", "storageBlockedSince", "The storage refuses something until a person mends it. `courier doctor` says what."],
  ["silence", "silenceSince", "Calls are expected, and none has succeeded."],
];

const PAUSE = 60000;

export function alerts({ onEnd }) {
  const now = h("ul", { class: "plain" });
  const past = h("div", { "aria-busy": "true" }, h("p", {}, "Looking …"));
  const stop = new AbortController();
  let stood = null;
  let standing = [];
  const load = () => get("/api/alerts", stop.signal).then(({ episodes }) => replace(past, history(episodes, standing)), (error) => { if (error.name !== "AbortError") say(error.message, true); }).finally(() => past.removeAttribute("aria-busy"));
  onEnd(follow(({ status }) => {
    standing = LASTING.filter(([, field]) => status[field]);
    const stands = JSON.stringify(standing.map(([, field]) => status[field]));
    if (stands === stood) return; // what has not changed must not be read out again
    stood = stands;
    replace(now, standing.map(([kind, field, text]) => h("li", {}, h("strong", {}, kind), ` since ${moment(status[field])}. ${text}`)), standing.length === 0 && h("li", {}, "Nothing is out of order."));
    load();
  }));
  load();
  const timer = setInterval(load, PAUSE);
  onEnd(() => { stop.abort(); clearInterval(timer); });
  return [h("h1", {}, "Alerts"), h("section", { "aria-labelledby": "now" }, h("h2", { id: "now" }, "Now"), now), h("section", { "aria-labelledby": "before" }, h("h2", { id: "before" }, "History"), past),
    h("p", { class: "faint" }, "Each alert goes to the queue api-alerts, the log, and the webhooks of the settings. docs/runbook.md says what to do about each kind.")];
}

/** The latest first, those that still stand as well. */
function history(episodes, standing) {
  if (episodes.length === 0) return h("p", {}, "Nothing was told yet.");
  return h("ol", { class: "plain" }, episodes.toReversed().map(({ kind, since, toldAt, summary, endedAt, reminders }) => h("li", { class: "group" },
    h("h3", {}, kind, " ", h("time", { class: "faint", datetime: toldAt }, `told ${moment(toldAt)}`)), h("p", {}, summary),
    h("p", { class: "faint" }, end(kind, since, endedAt, standing), reminders > 0 && `, told again ${reminders === 1 ? "once" : plural(reminders, "time")}`))));
}

function end(kind, since, endedAt, standing) {
  if (endedAt) return `Since ${moment(since)}, ended ${moment(endedAt)}, after ${duration(new Date(endedAt) - new Date(since))}`;
  if (LASTING.every(([lasting]) => lasting !== kind)) return `Since ${moment(since)}`;
  return standing.some(([stands]) => stands === kind) ? `Since ${moment(since)}, not over` : `Since ${moment(since)}, over`;
}

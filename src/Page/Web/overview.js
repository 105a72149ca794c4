// How Courier does, at a glance.

import { h, replace } from "./dom.js";
import { follow } from "./live.js";
import { ago, duration, moment, number, plural } from "./format.js";
import { plot } from "./plot.js";
import { isReadOnly } from "./api.js";
import { confirmed } from "./dialog.js";
import { act } from "./banners.js";

export function overview({ onEnd }) {
  const tiles = h("dl", { class: "tiles" });
  const calls = h("section", { "aria-labelledby": "calls" }, h("h2", { id: "calls" }, "Calls a minute"));
  const drawn = plot(calls);
  const letters = h("section", { "aria-labelledby": "letters" });
  const instances = h("section", { "aria-labelledby": "instances" });
  onEnd(drawn.end);
  onEnd(follow(({ status, minutes }) => {
    replace(tiles, tile("Waiting", number(status.queues.requests), waiting(status)), quota(status.quota), tile("Cleared", clears(status.forecast), `${number(status.forecast.callsPerHour)} calls an hour at most`),
      tile("Dead letters", number(status.deadLetters.count) + (status.deadLetters.isComplete ? "" : "+"), h("a", { href: "/dead-letters" }, "Look at them")));
    drawn.show(minutes);
    replace(letters, h("h2", { id: "letters" }, "Dead letters by reason"), reasons(status.deadLetters));
    replace(instances, h("h2", { id: "instances" }, "Instances"), h("ul", { class: "plain" }, status.instances.map((each) => h("li", {}, h("code", {}, each.name), " ", each.lastSeen ? ago(each.lastSeen) : "")),
      status.instances.length === 0 && h("li", {}, "None has told of a call lately.")));
  }));
  return [h("div", { class: "head" }, h("h1", {}, "Overview"), !isReadOnly && h("button", { type: "button", onclick: pause }, "Pause …")), tiles, calls, h("div", { class: "columns" }, letters, instances)];
}

function tile(name, value, more, extra) {
  return h("div", {}, h("dt", {}, name), h("dd", {}, h("strong", {}, value), h("span", {}, more), extra));
}

function waiting(status) {
  return status.waitingSince ? `next one first seen ${ago(status.waitingSince)}` : status.queues.requests > 0 ? "none before its turn" : "nothing to do";
}

function quota(status) {
  const label = `${number(status.used)} of ${number(status.limit)} calls used in the last ${duration(window(status.window))}`;
  return tile("Quota", `${number(status.left)} left`, label, h("meter", { min: 0, max: status.limit, value: status.used, high: status.usable * 0.9, "aria-label": label }));
}

/** `01:00:00` or `1.00:00:00` in milliseconds. */
function window(text) {
  const [, days, hours, minutes, seconds] = /^(?:(\d+)\.)?(\d+):(\d+):([\d.]+)$/.exec(text);
  return (((Number(days ?? 0) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

function clears({ waiting, clearsAt }) {
  return waiting === 0 ? "now" : clearsAt ? moment(clearsAt) : "not known";
}

function reasons({ byReason, count }) {
  if (count === 0) return h("p", {}, "None.");
  return h("ul", { class: "plain" }, Object.entries(byReason).map(([reason, each]) =>
    h("li", {}, h("a", { href: `/dead-letters?reason=${encodeURIComponent(reason)}` }, reason), " ", plural(each, "request"))));
}

async function pause() {
  const why = await confirmed("Pause all instances?", "Within 15 seconds nothing is called any more. Requests wait and use neither attempts nor quota, until somebody resumes.", "Pause");
  if (why !== null) await act("/api/pause", { why });
}

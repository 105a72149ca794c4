// How Courier does, at a glance.

import { h, replace } from "./dom.js";
import { follow } from "./live.js";
import { ago, duration, milliseconds, moment, number, plural } from "./format.js";
import { calls } from "./calls.js";
import { quota } from "./quota.js";
import { isReadOnly } from "./api.js";
import { confirmed } from "./dialog.js";
import { act } from "./banners.js";

export function overview({ onEnd, go }) {
  const tiles = h("dl", { class: "tiles" });
  const minutely = h("section", { "aria-labelledby": "calls" }, h("h2", { id: "calls" }, "Calls a minute"));
  const window = h("section", { "aria-labelledby": "quota" });
  const [drawn, shaped] = [calls(minutely), quota(window)];
  const letters = h("section", { "aria-labelledby": "letters" });
  const instances = h("section", { "aria-labelledby": "instances" });
  onEnd(drawn.end);
  onEnd(shaped.end);
  onEnd(follow(({ status, minutes }) => {
    replace(tiles, tile("Waiting", number(status.queues.requests), waiting(status)), gauge(status.quota), tile("Backlog called by", clears(status.forecast), `${number(status.forecast.callsPerHour)} calls an hour at most`),
      tile("Dead letters", number(status.deadLetters.count) + (status.deadLetters.isComplete ? "" : "+"), h("a", { href: "/dead-letters" }, "Look at them")));
    drawn.show(minutes);
    shaped.show(status);
    replace(letters, h("h2", { id: "letters" }, "Dead letters by reason"), reasons(status.deadLetters));
    replace(instances, h("h2", { id: "instances" }, "Instances"), h("ul", { class: "plain" }, status.instances.map((each) => h("li", {}, h("code", {}, each.name.slice(0, 8)), " ", each.lastSeen ? `seen ${ago(each.lastSeen)}` : "")),
      status.instances.length === 0 && h("li", {}, "None has told of a call lately.")));
  }));
  return [h("div", { class: "head" }, h("h1", {}, "Overview"), h("div", { class: "buttons" }, find(go), !isReadOnly && h("button", { type: "button", onclick: pause }, "Pause …"))), tiles, minutely, window, h("div", { class: "columns" }, letters, instances)];
}

/** One request by its id: a dead letter, or one that waits and is to be cancelled. */
function find(go) {
  const form = h("form", { class: "find", role: "search", "aria-label": "Find a request", onsubmit: (event) => {
    event.preventDefault();
    const id = new FormData(form).get("id").trim();
    if (id) go(`/requests/${encodeURIComponent(id)}`);
  } }, h("label", { for: "find" }, "Request"), h("input", { id: "find", name: "id", placeholder: "its id", autocomplete: "off" }), h("button", {}, "Open"));
  return form;
}

function tile(name, value, more, extra) {
  return h("div", {}, h("dt", {}, name), h("dd", {}, h("strong", {}, value), h("span", {}, more), extra));
}

function waiting(status) {
  return status.waitingSince ? `next one first seen ${ago(status.waitingSince)}` : status.queues.requests > 0 ? "none before its turn" : "nothing to do";
}

function gauge(status) {
  const label = `${number(status.used)} of ${number(status.limit)} calls used within ${duration(milliseconds(status.window))}`;
  return tile("Quota", `${number(status.left)} left`, label, h("meter", { min: 0, max: status.limit, value: status.used, high: status.usable * 0.9, "aria-label": label }));
}

function clears({ waiting, clearsAt }) {
  return waiting === 0 ? "none" : clearsAt ? moment(clearsAt) : "not known";
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

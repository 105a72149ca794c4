// What stands now, in the words of the alerts.

import { h, replace } from "./dom.js";
import { follow } from "./live.js";
import { moment } from "./format.js";

export function alerts({ onEnd }) {
  const list = h("ul", { class: "plain" });
  onEnd(follow(({ status }) => {
    const found = [
      status.outageSince && ["api-outage", status.outageSince, "Most calls fail. Requests are tried again by themselves."],
      status.heldSince && ["credential-rejected", status.heldSince, "The API refuses the key, and nothing is called with it. A valid Api:Key lets requests go on."],
    ].filter(Boolean);
    replace(list, found.map(([kind, since, text]) => h("li", {}, h("strong", {}, kind), ` since ${moment(since)}. ${text}`)), found.length === 0 && h("li", {}, "Nothing is out of order."));
  }));
  return [h("h1", {}, "Alerts"), list, h("p", { class: "faint" }, "Each alert goes to the queue api-alerts, the log, and the webhooks of the settings. docs/runbook.md says what to do about each kind.")];
}

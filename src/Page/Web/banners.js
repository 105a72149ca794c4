// What stands above every view while it lasts: paused, the key refused, an outage, the quota closed, a redrive.

import { h, replace, say } from "./dom.js";
import { follow } from "./live.js";
import { moment, ago } from "./format.js";
import { isReadOnly, post, get } from "./api.js";
import { progress } from "./redrive.js";

let unfinished = null;

export function banners(parent) {
  let shown = "";
  if (!isReadOnly) get("/api/redrives/unfinished").then((found) => { unfinished = found; }, () => {});
  follow(({ status, redrives }) => {
    const standing = [...conditions(status), ...runs(redrives)];
    const text = JSON.stringify(standing.map((each) => each.key));
    if (text === shown) return; // what has not changed must not be read out again
    shown = text;
    replace(parent, standing.map((each) => each.make()));
  });
}

function conditions(status) {
  const found = [];
  const add = (kind, key, ...content) => found.push({ key: [kind, key], make: () => h("p", { class: `banner ${kind}` }, ...content) });
  if (status.pause) {
    add("warning", status.pause, `Paused by ${status.pause.by} at ${moment(status.pause.since)}. Requests wait and use nothing. ${status.pause.why ?? ""} `,
      !isReadOnly && h("button", { type: "button", onclick: () => act("/api/resume") }, "Resume"));
  }
  if (status.heldSince) add("critical", status.heldSince, `The API refuses the key since ${moment(status.heldSince)}: nothing is called. Set a valid Api:Key; requests wait until then.`);
  if (status.storageBlockedSince) add("critical", status.storageBlockedSince, `The storage refuses what Courier needs since ${moment(status.storageBlockedSince)}: courier doctor says what.`);
  if (status.silenceSince) add("critical", status.silenceSince, `Calls are expected, and none has succeeded since ${moment(status.silenceSince)}.`);
  if (status.outageSince) add("critical", status.outageSince, `The API is out of order since ${moment(status.outageSince)}. Requests are tried again by themselves.`);
  if (status.quota.closedUntil) add("info", status.quota.closedUntil, `The API says that the quota is used up: no calls until ${moment(status.quota.closedUntil)}.`);
  return found;
}

function runs(redrives) {
  const found = redrives.filter((each) => each.isRunning || each.failure).map((each) => ({ key: each, make: () => progress(each) }));
  if (unfinished && redrives.every((each) => each.id !== unfinished.id)) {
    found.push({
      key: unfinished.id,
      make: () => h("p", { class: "banner info" }, `A redrive begun ${ago(begun(unfinished.id))} was broken off at ${unfinished.progress.next} of ${unfinished.progress.total}. `,
        h("button", { type: "button", onclick: () => { act(`/api/redrives/${unfinished.id}/resume`); unfinished = null; } }, "Go on with it")),
    });
  }
  return found;
}

/** A run's id begins with its moment: 20260131T120000-… */
function begun(id) {
  return id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d).*/, "$1-$2-$3T$4:$5:$6Z");
}

export async function act(path, body) {
  try {
    const done = await post(path, body);
    say(done.said ?? "Done.");
  } catch (error) {
    say(error.message, true);
  }
}

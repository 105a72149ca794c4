// One request: why it was given up, what to do, what it has been through.

import { h, long, prose, replace, say } from "./dom.js";
import { get, isReadOnly } from "./api.js";
import { follow } from "./live.js";
import { moment, number } from "./format.js";
import { redrive } from "./redrive.js";
import { confirmed } from "./dialog.js";
import { act } from "./banners.js";

export function request({ parts: [id], onEnd }) {
  const content = h("div", { "aria-busy": "true" }, h("p", {}, "Looking …"));
  const able = h("div", { class: "buttons" });
  const stop = new AbortController();
  let letters = null;
  let isFound = false;
  const load = async () => {
    try {
      const record = await get(`/api/dead-letters/${encodeURIComponent(id)}`, stop.signal);
      isFound = true;
      replace(content, !isReadOnly && mender(id, record.request), show(record));
      replace(able, !isReadOnly && [redriving(id), cancelling(id, true)]);
    } catch (error) {
      if (error.name === "AbortError") return;
      replace(content, h("p", {}, error.message), error.status === 404 && h("p", {}, "Whether it waits on the queue can only be known when it comes up."));
      replace(able, !isReadOnly && error.status === 404 && cancelling(id, false));
    }
    content.removeAttribute("aria-busy");
  };
  onEnd(() => stop.abort());
  load();
  onEnd(follow(({ status }) => {
    const now = JSON.stringify(status.deadLetters);
    if (letters !== null && letters !== now && !isFound) load(); // it may have become one, and who edits one must not be disturbed
    letters = now;
  }));
  return [h("p", {}, h("a", { href: "/dead-letters" }, "Dead letters")), h("div", { class: "head" }, h("h1", {}, id), able), content];
}

const redriving = (id) => h("button", { type: "button", id: "redrive-this", onclick: () => redrive(new URLSearchParams({ id })) }, "Redrive …");

function cancelling(id, isDead) {
  const text = isDead
    ? "This concerns a copy of it that was sent back and still waits: that one is not called any more."
    : "If it waits on the queue, it becomes a dead letter `cancelled` when it next comes up. It is not called any more.";
  return h("button", { type: "button", onclick: async () => {
    const why = await confirmed(`Cancel ${id}?`, text, "Cancel it");
    if (why !== null) await act(`/api/requests/${encodeURIComponent(id)}/cancel`, { why });
  } }, "Cancel …");
}

/** The request can be mended before it is sent back. What is wrong with it the server says. */
function mender(id, asked) {
  const text = h("textarea", { id: "mended", rows: 14, spellcheck: "false" });
  text.value = JSON.stringify(asked, null, 2);
  return h("details", {}, h("summary", {}, "Edit the request and redrive it"), h("label", { for: "mended" }, "The request, in JSON; the id stays"), text,
    h("button", { type: "button", onclick: async () => {
      let mended;
      try { mended = JSON.parse(text.value); } catch (error) { return say(`This is no JSON: ${error.message}`, true); }
      const why = await confirmed(`Redrive ${id} as edited?`, "It keeps its history. Its record stays until the new outcome stands.", "Redrive");
      if (why !== null) await act(`/api/dead-letters/${encodeURIComponent(id)}/mend`, { request: mended, why });
    } }, "Redrive as edited …"));
}

function show(record) {
  const { reason, status, title, cause, remedies, apiMessage, request: asked, response, attempts, firstSeenAt, deadLetteredAt, deadLetteredBefore, traceId } = record;
  return [
    h("h2", {}, `${title} (${reason}${status ? ` ${status}` : ""})`), h("p", {}, prose(cause)), apiMessage && h("p", {}, "The API said: ", h("q", {}, apiMessage)),
    h("h2", {}, "What to do"), h("ul", {}, remedies.map((remedy) => h("li", {}, prose(remedy)))),
    asked?.batch && h("p", {}, "It belongs to the batch ", h("a", { href: `/batches?${new URLSearchParams({ id: asked.batch })}` }, asked.batch), "."),
    h("h2", {}, "What it has been through"), timeline(firstSeenAt, attempts, deadLetteredBefore ?? [], deadLetteredAt),
    h("h2", {}, "Request"), long(JSON.stringify(asked, null, 2)),
    response && [h("h2", {}, "The API's last answer"), response.incomplete && h("p", {}, response.incomplete), headers(response), response.body && long(response.body)],
    traceId && h("p", { class: "faint" }, "Trace ", h("code", {}, traceId)),
    h("p", {}, h("button", { type: "button", onclick: () => navigator.clipboard.writeText(JSON.stringify(record, null, 2)).then(() => say("Copied."), () => say("The browser does not allow it.", true)) }, "Copy the record")),
  ];
}

function timeline(firstSeenAt, attempts, before, deadLetteredAt) {
  const events = [[firstSeenAt, "first seen"], ...attempts.map((each) => [each.at, attempt(each)]), ...before.map((at) => [at, "dead letter, sent back later"]), [deadLetteredAt, "dead letter"]];
  return h("ol", { class: "timeline" }, events.sort(([a], [b]) => new Date(a) - new Date(b)).map(([at, text]) => h("li", {}, h("time", { datetime: at }, moment(at)), " ", text)));
}

function attempt({ outcome, status, durationMs, tries }) {
  const each = tries?.map((one) => one.status ?? one.failure).join(", ");
  return `${outcome}${status ? ` ${status}` : ""} after ${number(durationMs)} ms${each ? ` (${each})` : ""}`;
}

function headers({ status, headers: all }) {
  return h("dl", { class: "headers" }, h("dt", {}, "status"), h("dd", {}, status), Object.entries(all).map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

// One request: why it was given up, what to do, what it has been through.

import { h, long, replace, say } from "./dom.js";
import { get, isReadOnly } from "./api.js";
import { moment, number } from "./format.js";
import { redrive } from "./redrive.js";
import { confirmed } from "./dialog.js";
import { act } from "./banners.js";

export function request({ parts: [id], onEnd }) {
  const content = h("div", { "aria-busy": "true" }, h("p", {}, "Looking …"));
  const stop = new AbortController();
  onEnd(() => stop.abort());
  get(`/api/dead-letters/${encodeURIComponent(id)}`, stop.signal)
    .then((record) => replace(content, !isReadOnly && mender(id, record.request), show(record)), (error) => { if (error.name !== "AbortError") replace(content, h("p", {}, error.message)); })
    .finally(() => content.removeAttribute("aria-busy"));
  return [h("p", {}, h("a", { href: "/dead-letters" }, "Dead letters")), h("div", { class: "head" }, h("h1", {}, id), buttons(id)), content];
}

function buttons(id) {
  if (isReadOnly) return null;
  return h("div", { class: "buttons" },
    h("button", { type: "button", id: "redrive-this", onclick: () => redrive(new URLSearchParams({ id })) }, "Redrive …"),
    h("button", { type: "button", onclick: async () => {
      const why = await confirmed(`Cancel ${id}?`, "If it waits on the queue, it becomes a dead letter `cancelled` when it next comes up. It is not called any more.", "Cancel it");
      if (why !== null) await act(`/api/requests/${encodeURIComponent(id)}/cancel`, { why });
    } }, "Cancel …"));
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
    h("h2", {}, `${title} (${reason}${status ? ` ${status}` : ""})`), h("p", {}, cause), apiMessage && h("p", {}, "The API said: ", h("q", {}, apiMessage)),
    h("h2", {}, "What to do"), h("ul", {}, remedies.map((remedy) => h("li", {}, remedy))),
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

// Sending dead letters back: count, ask, follow.

import { h, say } from "./dom.js";
import { post } from "./api.js";
import { confirmed } from "./dialog.js";
import { moment, number, plural } from "./format.js";
import { act } from "./banners.js";

let isAsking = false;

/** @param {URLSearchParams} query the filter, as in the address. Who presses twice is asked once. */
export async function redrive(query) {
  if (isAsking) return;
  isAsking = true;
  say("Counting …");
  try {
    const plan = await post(`/api/redrives/plan?${query}`);
    say("");
    if (plan.count === 0) return say("Nothing matches any more.");
    const all = h("input", { type: "checkbox", id: "all-at-once" });
    const why = await confirmed(`Redrive ${plural(plan.count, "dead letter")}?`, text(plan), "Redrive", h("p", {}, all, h("label", { for: "all-at-once" }, " all at once, without trying one first")));
    if (why === null) return say("Nothing was sent.");
    await post("/api/redrives", { plan: plan.plan, allAtOnce: all.checked, why });
    say("The redrive has begun. Its progress stands at the top of the page.");
  } catch (error) {
    say(error.message, true);
  } finally {
    isAsking = false;
  }
}

function text({ count, clearsAt }) {
  const steps = count === 1 ? "" : " One goes first; then 5, 25, 125 … follow, as the quota allows. The first that comes back for the same reason stops it.";
  return `Each keeps its id and its history.${steps}${clearsAt ? ` If you redrive now, all are done at about ${moment(clearsAt)}.` : ""}`;
}

const ENDS = { Finished: "is done", Stopped: "was stopped", Cancelled: "was cancelled" };

/** A run under way, or how it ended. */
export function progress(run) {
  const { total, next, sent, done, returned, skipped, state, stoppedBy } = run.progress;
  const step = state !== "Running" ? ENDS[state] : next <= 1 ? "tries one first" : "goes on in growing batches";
  const label = `${number(next)} of ${number(total)} looked at: ${number(sent)} sent, ${number(done)} done, ${number(returned)} dead again, ${number(skipped)} skipped`;
  return h("section", { class: `banner ${stoppedBy || run.failure ? "warning" : "info"}`, "aria-label": "Redrive" },
    h("p", {}, h("strong", {}, `The redrive of ${plural(total, "dead letter")} ${step}.`), ` ${label}. `,
      run.isRunning && h("button", { type: "button", onclick: () => act(`/api/redrives/${run.id}/cancel`) }, "Stop it")),
    h("progress", { max: total, value: next, "aria-label": label }),
    stoppedBy && h("p", {}, `${stoppedBy.id} came back as before (${stoppedBy.reason}${stoppedBy.status ? ` ${stoppedBy.status}` : ""}), so the rest stays. ${stoppedBy.cause} `, stoppedBy.remedies.join(" ")),
    run.failure && h("p", {}, `It broke off: ${run.failure} `, h("button", { type: "button", onclick: () => act(`/api/redrives/${run.id}/resume`) }, "Go on with it")),
    run.skipped.length > 0 && h("details", {}, h("summary", {}, `Skipped: ${number(skipped)}`), h("ul", {}, run.skipped.map((each) => h("li", {}, h("code", {}, each.id), " ", each.why)))));
}

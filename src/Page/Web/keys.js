// Keys that spare the mouse. None of them does anything that a question does not come before.

import { h } from "./dom.js";

const KEYS = [["/", "to the filter"], ["j, k", "next, previous row"], ["x", "select the row"], ["Enter", "open the row"], ["r", "redrive what is selected, or this request (asks first)"], ["g o, g d, g b, g s, g a", "overview, dead letters, batches, schedules, alerts"], ["?", "this list"], ["Esc", "close"]];
const PLACES = { o: "/", d: "/dead-letters", b: "/batches", s: "/schedules", a: "/alerts" };

let isGoing = false;

export function listen(go) {
  document.getElementById("help").addEventListener("click", help);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
    if (press(event.key, go)) event.preventDefault();
  });
}

function press(key, go) {
  const place = isGoing ? PLACES[key] : undefined;
  isGoing = key === "g";
  if (place) go(place);
  else if (key === "/") focus(document.querySelector(".filter input"), () => go("/dead-letters"));
  else if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
  else if (key === "x") current()?.querySelector("input")?.click();
  else if (key === "r") (document.getElementById("redrive-selected") ?? document.getElementById("redrive-this"))?.click();
  else if (key === "?") help();
  else return false;
  return true;
}

function focus(element, otherwise) {
  element?.closest("details")?.setAttribute("open", "");
  if (element) element.focus(); else otherwise();
}

const current = () => document.activeElement?.closest("tr[data-id]");

function step(by) {
  const rows = [...document.querySelectorAll("tr[data-id]")];
  const at = rows.indexOf(current());
  rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.querySelector("a")?.focus();
}

function help() {
  const dialog = h("dialog", { "aria-labelledby": "keys-title" }, h("h2", { id: "keys-title" }, "Keyboard"), h("dl", { class: "keys" }, KEYS.map(([key, does]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, does)])),
    h("form", { method: "dialog" }, h("button", {}, "Close")));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

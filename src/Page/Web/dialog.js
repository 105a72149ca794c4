// Asks before something is done. The reason goes into the audit log.

import { h, prose } from "./dom.js";

/** Resolves to the reason ("" for none), or to null when the operator thought better of it. */
export function confirmed(title, text, verb, extra = null) {
  return new Promise((resolve) => {
    const why = h("input", { id: "why", autocomplete: "off", maxlength: 1000 });
    const dialog = h("dialog", { "aria-labelledby": "dialog-title" }, h("form", { method: "dialog" },
      h("h2", { id: "dialog-title" }, title), h("p", {}, prose(text)), extra,
      h("label", { for: "why" }, "Why (for the audit log, may be empty)"), why,
      h("div", { class: "buttons" }, h("button", { value: "no", formnovalidate: true }, "Do not"), h("button", { value: "yes", class: "primary" }, verb))));
    const opener = document.activeElement;
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes" ? why.value : null);
      dialog.remove();
      opener?.focus?.();
    });
    document.body.append(dialog);
    dialog.returnValue = "no";
    dialog.showModal();
  });
}

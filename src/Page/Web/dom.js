// Elements are made here and nowhere else. Whatever comes from outside becomes text, never markup.

// Control characters, and those that turn the direction of writing or cannot be seen, are shown by their number.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const LONGEST = 4000;

export function harmless(text) {
  return String(text).replace(HIDDEN, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** `h("p", { class: "x" }, "text", h("b", {}, "more"))`; `onclick` and the like are listeners; false, null and undefined are left out. */
export function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children.flat(9).filter((child) => child != null && child !== false).map((child) => (child instanceof Node ? child : harmless(child))));
  return element;
}

/** A text of any length: its beginning, and a button for the rest. */
export function long(text) {
  if (text.length <= LONGEST) return h("pre", { tabindex: 0 }, text);
  const block = h("pre", { tabindex: 0 }, `${text.slice(0, LONGEST)} …`);
  const button = h("button", { type: "button", onclick: () => { block.textContent = harmless(text); button.remove(); } }, `Show all ${text.length.toLocaleString("en")} characters`);
  return h("div", {}, block, button);
}

const FOCUSABLE = "a, button, input, summary, textarea, [tabindex]";

/** Who stands on something with the keyboard stands on the same thing afterwards, if it is still there. */
export function replace(parent, ...children) {
  const stood = document.activeElement;
  const at = [...parent.querySelectorAll(FOCUSABLE)].indexOf(stood);
  parent.replaceChildren(...children.flat(9).filter((child) => child != null && child !== false));
  const same = at < 0 ? null : parent.querySelectorAll(FOCUSABLE)[at];
  if (same && same.textContent === stood.textContent) same.focus({ preventScroll: true });
}

/** A sentence in which `names` stand between backticks. */
export function prose(text) {
  return String(text).split("`").map((part, i) => (i % 2 === 1 ? h("code", {}, part) : part));
}

/** Says something to everybody, screen readers too. */
export function say(text, isError = false) {
  const said = document.getElementById("said");
  said.replaceChildren(...prose(text).map((part) => (part instanceof Node ? part : harmless(part))));
  said.className = isError ? "error" : "";
}

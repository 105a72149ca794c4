// The rolling window: what was used when in the one that ends now, and what is free when in the one that begins now.

import { h, replace } from "./dom.js";
import { plot } from "./plot.js";
import { clock, duration, milliseconds, number } from "./format.js";

/** Rows of the tables: one for so many slices. */
const EACH = 5;

export function quota(parent) {
  const said = h("p", {});
  const left = h("div", {}, h("h3", { id: "quota-used" }, "Used"));
  const right = h("div", {}, h("h3", { id: "quota-free" }, "Free, if nothing else is asked for"));
  parent.append(h("h2", { id: "quota" }, "Quota"), said, h("div", { class: "columns" }, left, right));
  let usable = 0;
  const used = plot(left, {
    label: "Quota used",
    heads: ["From", "Calls"],
    series: ({ colour, bars }) => [{ label: "calls", fill: colour("--good"), paths: bars }],
  });
  const free = plot(right, {
    label: "Quota free",
    heads: ["At", "Free", "For waiting requests", "Taken before"],
    most: () => usable,
    // Sums, so that each shows above the next.
    series: ({ colour, steps }) => [{ label: "free", fill: colour("--free"), paths: steps }, { label: "for waiting requests", fill: colour("--wait"), paths: steps }, { label: "taken before", fill: colour("--used"), paths: steps }],
  });
  return {
    show({ at, quota: { usable: most, window }, quotaWindow }) {
      usable = most;
      const now = new Date(at).getTime(), every = milliseconds(quotaWindow.every), slices = quotaWindow.used.length;
      const past = quotaWindow.used.map((_, i) => now - (slices - i) * every);
      const ahead = quotaWindow.free.map((_, i) => now + i * every);
      replace(said, sentence(quotaWindow, most, ahead, duration(milliseconds(window))));
      used.show([past.map((each) => (each + every / 2) / 1000), quotaWindow.used], usedRows(quotaWindow.used, past));
      free.show(stacked(quotaWindow, ahead), freeRows(quotaWindow, ahead));
    },
    end() { used.end(); free.end(); },
  };
}

function stacked({ counted, promised, free }, ahead) {
  const taken = counted.map((each, i) => each + promised[i]);
  return [ahead.map((each) => each / 1000), taken.map((each, i) => each + free[i]), taken, counted];
}

function usedRows(used, past) {
  const rows = [];
  for (let i = 0; i < used.length; i += EACH) rows.unshift([clock(past[i]), number(used.slice(i, i + EACH).reduce((sum, each) => sum + each, 0))]);
  return rows;
}

function freeRows({ free, promised, counted }, ahead) {
  const last = ahead.length - 1;
  const shown = ahead.map((_, i) => i).filter((i) => i === last || (i % EACH === 0 && last - i >= EACH));
  return shown.map((i) => [clock(ahead[i]), ...[free[i], promised[i], counted[i]].map(number)]);
}

/** The shape in words: what is free now, from when something is, from when all is. */
function sentence({ free }, usable, ahead, window) {
  const rule = `Each call counts for ${window}.`;
  const whole = free.findIndex((each) => each >= usable);
  const rest = whole > 0 ? ` All ${number(usable)} are free at ${clock(ahead[whole])}, if nothing more is called.` : "";
  if (whole === 0) return `All ${number(usable)} calls are free. ${rule}`;
  if (free[0] > 0) return `${number(free[0])} calls are free now.${rest} ${rule}`;
  const first = free.findIndex((each) => each > 0);
  return `${first < 0 ? `Nothing is free before ${clock(ahead.at(-1))}` : `Nothing is free before ${clock(ahead[first])}`}.${rest} ${rule}`;
}

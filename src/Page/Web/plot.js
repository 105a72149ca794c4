// The calls of the last hour, minute by minute, stacked: failed below, answered above; and a table of the same for those who cannot see it.

import { h, replace } from "./dom.js";
import { clock, moment, number } from "./format.js";

export function plot(parent) {
  const canvas = h("div", { class: "plot", "aria-hidden": "true" });
  const rows = h("tbody", {});
  parent.append(canvas, h("details", {}, h("summary", {}, "The same as a table"), h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Calls a minute" },
    h("table", {}, h("thead", {}, h("tr", {}, ["Minute", "Answered", "Failed", "Dead letters"].map((name) => h("th", { scope: "col" }, name)))), rows))));
  let chart = null;
  const size = () => ({ width: Math.max(200, canvas.clientWidth), height: 180 });
  const resize = new ResizeObserver(() => chart?.setSize(size()));
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const repaint = () => { chart?.destroy(); chart = null; };
  resize.observe(canvas);
  dark.addEventListener("change", repaint);
  return {
    show(minutes) {
      const columns = [minutes.map((each) => new Date(each.at) / 1000), minutes.map((each) => each.calls), minutes.map((each) => each.failures), minutes.map((each) => each.deadLetters)];
      if (chart) chart.setData(columns);
      else if (window.uPlot && minutes.length > 0) chart = new window.uPlot(options(size(), canvas), columns, canvas);
      replace(rows, minutes.slice(-60).reverse().map((each) => h("tr", {}, [moment(each.at), number(each.calls - each.failures), number(each.failures), number(each.deadLetters)].map((cell) => h("td", {}, cell)))));
    },
    end() { resize.disconnect(); dark.removeEventListener("change", repaint); chart?.destroy(); },
  };
}

/** What a canvas understands of a colour of the style sheet, as it is now in light or dark. */
function colours(element) {
  return (name) => {
    const probe = element.appendChild(h("span", {}));
    probe.style.color = `var(${name})`;
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };
}

function options(size, element) {
  const colour = colours(element);
  const bars = window.uPlot.paths.bars({ size: [0.8, 40] });
  const axis = { stroke: colour("--faint"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line") } };
  return {
    ...size,
    legend: { live: false },
    cursor: { show: false },
    scales: { y: { range: (_, __, most) => [0, Math.max(5, most)] } },
    axes: [{ ...axis, values: (_, moments) => moments.map((each) => clock(each * 1000)) }, axis],
    // All calls stand behind the failed ones: what is seen of them was answered.
    series: [{}, { label: "answered", fill: colour("--good"), paths: bars, points: { show: false } }, { label: "failed", fill: colour("--bad"), paths: bars, points: { show: false } },
      { label: "dead letters", stroke: colour("--text"), width: 2, points: { show: false } }],
  };
}

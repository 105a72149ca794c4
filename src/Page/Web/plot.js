// Plots, and the same as a table for those who cannot see them. Without uPlot there is the table alone.

import { h, replace } from "./dom.js";
import { clock } from "./format.js";

/**
 * @param {{label: string, heads: string[], most?: () => number, series: (kit: {colour: (name: string) => string, bars: object, steps: object}) => object[]}} what
 * Series are drawn in their order, the later ones over the earlier: what is stacked is given as sums, the highest first.
 */
export function plot(parent, what) {
  const canvas = h("div", { class: "plot", "aria-hidden": "true" });
  const rows = h("tbody", {});
  parent.append(canvas, h("details", {}, h("summary", {}, "The same as a table"), h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": what.label },
    h("table", {}, h("thead", {}, h("tr", {}, what.heads.map((name) => h("th", { scope: "col" }, name)))), rows))));
  let chart = null;
  const size = () => ({ width: Math.max(200, canvas.clientWidth), height: 180 });
  const resize = new ResizeObserver(() => chart?.setSize(size()));
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const repaint = () => { chart?.destroy(); chart = null; };
  resize.observe(canvas);
  dark.addEventListener("change", repaint);
  return {
    /** @param {number[][]} columns seconds since 1970, then the values of each series; @param {string[][]} cells the table's rows */
    show(columns, cells) {
      if (chart) chart.setData(columns);
      else if (window.uPlot && columns[0].length > 0) chart = new window.uPlot(options(size(), canvas, what), columns, canvas);
      replace(rows, cells.map((row) => h("tr", {}, row.map((cell) => h("td", {}, cell)))));
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

function options(size, element, { most, series }) {
  const colour = colours(element);
  const kit = { colour, bars: window.uPlot.paths.bars({ size: [0.8, 40] }), steps: window.uPlot.paths.stepped({ align: 1 }) };
  const axis = { stroke: colour("--faint"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line") } };
  return {
    ...size,
    legend: { live: false },
    cursor: { show: false },
    scales: { y: { range: (_, __, highest) => [0, Math.max(5, most?.() ?? highest)] } },
    axes: [{ ...axis, values: (_, moments) => moments.map((each) => clock(each * 1000)) }, { ...axis, size: 55 }],
    series: [{}, ...series(kit).map((each) => ({ points: { show: false }, ...each }))],
  };
}

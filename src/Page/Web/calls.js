// The calls of the last hour, minute by minute, stacked: failed below, answered above.

import { plot } from "./plot.js";
import { moment, number } from "./format.js";

export function calls(parent) {
  const drawn = plot(parent, {
    label: "Calls a minute, as a table",
    heads: ["Minute", "Answered", "Failed", "Dead letters"],
    // All calls stand behind the failed ones: what is seen of them was answered.
    series: ({ colour, bars }) => [{ label: "answered", fill: colour("--good"), paths: bars }, { label: "failed", fill: colour("--bad"), paths: bars }, { label: "dead letters", stroke: colour("--text"), width: 2 }],
  });
  return {
    show: (minutes) => drawn.show(
      [minutes.map((each) => new Date(each.at) / 1000), minutes.map((each) => each.calls), minutes.map((each) => each.failures), minutes.map((each) => each.deadLetters)],
      minutes.toReversed().map((each) => [moment(each.at), number(each.calls - each.failures), number(each.failures), number(each.deadLetters)])),
    end: drawn.end,
  };
}

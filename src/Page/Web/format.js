// Numbers, moments and durations as people read them.

const NUMBER = new Intl.NumberFormat("en");
const TIME = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat("en", { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export const number = (value) => NUMBER.format(value);

export const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

export const clock = (date) => TIME.format(date);

/** The time alone for what is of today. */
export function moment(iso) {
  const date = new Date(iso);
  return date.toDateString() === new Date().toDateString() ? clock(date) : DAY.format(date);
}

/** `3 min`, `2 h 5 min`, `4 d`. */
export function duration(milliseconds) {
  const minutes = Math.floor(Math.max(0, milliseconds) / 60000);
  if (minutes < 1) return `${Math.floor(Math.max(0, milliseconds) / 1000)} s`;
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? "" : ` ${minutes % 60} min`}`;
  return `${Math.floor(minutes / 1440)} d`;
}

/** A time span of the server, `01:00:00` or `1.00:00:00`. */
export function milliseconds(text) {
  const [, days, hours, minutes, seconds] = /^(?:(\d+)\.)?(\d+):(\d+):([\d.]+)$/.exec(text);
  return (((Number(days ?? 0) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

export const ago = (iso) => `${duration(Date.now() - new Date(iso))} ago`;

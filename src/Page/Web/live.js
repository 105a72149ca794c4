// The live state: what the server sends, handed to whoever shows it. It can be stopped, and goes on from there.

const listeners = new Set();
const label = document.getElementById("live");
const button = document.getElementById("freeze");
let source = null;
let latest = null;

export const state = () => latest;

/** Called at once with what is known, then with everything new. Returns the function that ends it. */
export function follow(listener) {
  listeners.add(listener);
  if (latest) listener(latest);
  return () => listeners.delete(listener);
}

function open() {
  source = new EventSource("/api/live");
  source.onmessage = (event) => {
    latest = JSON.parse(event.data);
    label.textContent = "Live";
    label.className = "live";
    for (const listener of [...listeners]) listener(latest);
  };
  source.onerror = () => {
    label.textContent = "Not connected, trying again …";
    label.className = "lost";
    if (source?.readyState === EventSource.CLOSED) setTimeout(() => { if (source?.readyState === EventSource.CLOSED) open(); }, 3000); // an answer that is an error ends it for good
  };
}

function toggle() {
  const isStopped = source !== null;
  if (isStopped) { source.close(); source = null; label.textContent = "Updates stopped"; label.className = ""; } else open();
  button.setAttribute("aria-pressed", String(isStopped));
  button.textContent = isStopped ? "Go on" : "Stop updates";
}

button.addEventListener("click", toggle);
open();

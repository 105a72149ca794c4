// What the page asks of its server. Errors are sentences.

const meta = (name) => document.querySelector(`meta[name="courier-${name}"]`).content;

export const isReadOnly = meta("read-only") === "true";

async function answered(response) {
  if (response.ok) return response;
  let why = `The server answered ${response.status}.`;
  try { why = (await response.json()).error; } catch { /* then the status must do */ }
  throw Object.assign(new Error(why), { status: response.status });
}

export async function get(path, signal) {
  return (await answered(await fetch(path, { signal }))).json();
}

export async function post(path, body = {}) {
  const headers = { "Content-Type": "application/json", "X-Courier-Token": meta("token") };
  return (await answered(await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }))).json();
}

/** Calls `onLine` for each line of JSON as it comes. */
export async function lines(path, signal, onLine) {
  const reader = (await answered(await fetch(path, { signal }))).body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    const parts = (rest + (value ?? "")).split("\n");
    rest = parts.pop();
    for (const part of parts) if (part) onLine(JSON.parse(part));
    if (done) return;
  }
}

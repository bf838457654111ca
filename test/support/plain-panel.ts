import type { StaticFiles } from "../../electron/host/static-files.ts";
import type { Reply, UpdatesPush } from "../../shared/panel.ts";

/** What the plain panel puts on its `window`, for tests to use. */
export interface PlainPanel {
  call(name: string, input: unknown): Promise<Reply>;
  readonly pushes: readonly UpdatesPush[];
  /** Whether a script of the page could turn text into code. */
  readonly evaluates: boolean;
}

const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Plain panel</title>
<script type="module" src="/assets/main.js"></script></head>
<body><main><p id="count">0</p><button id="copy">Copy</button> <textarea aria-label="Paste"></textarea>
<a id="out" href="https://example.com/away">Out</a> <a id="new" href="https://example.com/new" target="_blank">New</a>
<a id="home" href="/">Home</a></main></body></html>`;

/** A panel that shows how many updates it has heard of, over whichever host shows it. Needs no build. */
const script = `
const pushes = [];
const hear = (push) => {
  pushes.push(push);
  document.getElementById("count").textContent = String(push.from + push.updates.length - 1);
};
const viaDesktop = (api) => {
  api.onUpdates(hear);
  return (name, input) => api[name](input);
};
const viaSocket = async () => {
  const socket = new WebSocket("/panel");
  const waiting = new Map();
  let count = 0;
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.kind === "updates") hear(message);
    else waiting.get(message.id)(message.reply);
  };
  await new Promise((resolve) => { socket.onopen = resolve; });
  return (name, input) => new Promise((resolve) => {
    count += 1;
    waiting.set(count, resolve);
    socket.send(JSON.stringify({ kind: "call", id: count, name, input }));
  });
};
const call = window.callside ? viaDesktop(window.callside) : await viaSocket();
let evaluates = true;
try {
  new Function("return 1")();
} catch {
  evaluates = false;
}
document.getElementById("copy").onclick = () => navigator.clipboard.writeText("a suggestion");
window.plainPanel = { call, pushes, evaluates };
document.documentElement.dataset.ready = "yes";
`;

const files = new Map([
  ["/", { contentType: "text/html; charset=utf-8", body: Buffer.from(page) }],
  ["/assets/main.js", { contentType: "text/javascript; charset=utf-8", body: Buffer.from(script) }],
]);

export const plainPanel: StaticFiles = { find: (path) => files.get(path) };

import { createRequire } from "node:module";
import type { Plugin } from "vite";

const ID = "\0callside:lean-undici";
const place = createRequire(import.meta.url);

/** What our code takes of undici, each from the file that it lies in. */
const code = (): string => {
  const from = (path: string): string => JSON.stringify(place.resolve(`undici/lib/${path}`));
  return `
import Dispatcher from ${from("dispatcher/dispatcher.js")};
import api from ${from("api/index.js")};
import web from ${from("web/fetch/index.js")};
import Agent from ${from("dispatcher/agent.js")};
import Pool from ${from("dispatcher/pool.js")};
import ProxyAgent from ${from("dispatcher/proxy-agent.js")};
// As undici's own entry does it: requests are methods of dispatchers.
Object.assign(Dispatcher.prototype, api);
export { Agent, Dispatcher, Pool, ProxyAgent };
export const fetch = (input, init) => web.fetch(input, init);
`;
};

/**
 * The code of its second parser of HTTP/1, an experiment that is off, and of the parser's faster form: what Callside reads is
 * small, and undici takes the plain form where the faster one does not load.
 */
const LEFT_OUT = /\/undici\/lib\/(?:milo\/[\w-]+|llhttp\/llhttp_simd-wasm)\.js$/u;

/**
 * Bundles of undici only what is used: its entry brings along mocks, caches, a WebSocket client and event sources, which no
 * bundler may leave out. A name that our code takes one day and that is not here is an error of the build.
 */
export function leanUndici(): Plugin {
  return {
    name: "callside:lean-undici",
    enforce: "pre",
    apply: "build",
    resolveId: (source) => (source === "undici" ? ID : null),
    load(id) {
      if (id === ID) return code();
      return LEFT_OUT.test(id.replaceAll("\\", "/")) ? `throw new Error("not part of this build");` : null;
    },
  };
}

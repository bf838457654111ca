/**
 * The page's side of the Electron stand-in: a script that runs the built preload script before anything of the page.
 * Faked: the isolated world is a closure (the page cannot reach into it, but shares its built-ins), and values cross
 * the bridge as copies made here. `binding` is the function that leads to main; it is taken off the page at once.
 * `hook` is how main's messages come in; the page would have to guess its name.
 */
export function preloadScript(preload: string, binding: string, hook: string): string {
  return `(() => {
  const toMain = globalThis[${JSON.stringify(binding)}];
  delete globalThis[${JSON.stringify(binding)}];
  // As in Electron without nodeIntegrationInSubFrames.
  if (window !== window.top) return;
  const only = (name, members) => new Proxy(members, {
    get(target, member) {
      if (Object.hasOwn(target, member)) return target[member];
      if (typeof member === "symbol" || member === "then" || member === "__esModule" || member === "default") return undefined;
      throw new Error("the stand-in does not fake " + name + "." + String(member));
    },
  });
  const copy = (value) => {
    if (typeof value === "function") return (...args) => copy(value(...args.map(copy)));
    if (value instanceof Promise) return value.then(copy, (error) => { throw new Error(error.message); });
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copy(member)]));
    }
    return value;
  };
  const listeners = [];
  Object.defineProperty(window, ${JSON.stringify(hook)}, {
    value: (channel, args) => {
      for (const one of listeners) if (one.channel === channel) one.listener({}, ...args);
    },
  });
  const electron = only("electron", {
    contextBridge: only("contextBridge", {
      exposeInMainWorld: (key, api) => {
        Object.defineProperty(window, key, { value: Object.freeze(copy(api)), enumerable: true });
      },
    }),
    ipcRenderer: only("ipcRenderer", {
      invoke: (channel, ...args) => toMain(channel, structuredClone(args)),
      on: (channel, listener) => { listeners.push({ channel, listener }); },
    }),
  });
  const module = { exports: {} };
  const require = (id) => {
    if (id === "electron") return electron;
    throw new Error("a sandboxed preload script cannot require " + id);
  };
  (function (require, module, exports) {
${preload}
  })(require, module, module.exports);
})();`;
}

/** The members of Electron that the script above fakes, for the list. */
export const preloadFakes = ["contextBridge.exposeInMainWorld", "ipcRenderer.invoke", "ipcRenderer.on"] as const;

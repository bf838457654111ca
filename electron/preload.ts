import { contextBridge, ipcRenderer } from "electron";
import { commandNames } from "../shared/command-names.ts";
import { CALL_CHANNEL, UPDATES_CHANNEL } from "./host/channels.ts";

/**
 * All that the page gets of Electron: one function per command, which resolves with main's reply, and one to hear the
 * pushes. The page can neither name a channel nor see an event of Electron's.
 */
const commands = Object.fromEntries(
  commandNames.map((name) => [name, (input: unknown): Promise<unknown> => ipcRenderer.invoke(CALL_CHANNEL, name, input)]),
);

contextBridge.exposeInMainWorld("callside", {
  ...commands,
  onUpdates(listener: (push: unknown) => void): void {
    ipcRenderer.on(UPDATES_CHANNEL, (_event, push: unknown) => {
      listener(push);
    });
  },
});

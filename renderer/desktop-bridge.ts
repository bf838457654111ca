import type { CommandName } from "../shared/command-names.ts";
import type { Fault } from "../shared/fault.ts";
import type { CommandInput, CommandOutput, UpdatesPush } from "../shared/panel.ts";
import { err, type Result } from "../shared/result.ts";
import type { Bridge } from "./bridge.ts";

type Commands = {
  readonly [N in CommandName]: (input: CommandInput<N>) => Promise<Result<CommandOutput<N>, Fault>>;
};

/** What the preload script puts on `window.callside`: one function per command, and the pushes. */
export type DesktopApi = Commands & {
  readonly onUpdates: (listener: (push: UpdatesPush) => void) => void;
};

const noAnswer: Fault = { kind: "transport", code: "network", detail: "the main process did not answer" };

declare global {
  interface Window {
    readonly callside?: DesktopApi;
  }
}

/** The bridge over Electron's IPC. Main and window live and die together, so the host is connected from the start. */
export function connectDesktop(api: DesktopApi): Bridge {
  const commands: Commands = api;
  const listeners = new Set<(push: UpdatesPush) => void>();
  api.onUpdates((push) => {
    for (const listener of listeners) listener(push);
  });
  return {
    call<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Result<CommandOutput<N>, Fault>> {
      return commands[name](input).catch(() => err(noAnswer));
    },
    onUpdates(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onHost(listener) {
      listener("connected");
      return () => {};
    },
    async [Symbol.asyncDispose]() {
      listeners.clear();
    },
  };
}

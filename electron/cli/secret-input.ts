import { once } from "node:events";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { err, ok, type Result } from "../../shared/result.ts";
import type { CommandContext } from "./command.ts";

/** More is no secret; the vault tells how much is allowed. */
const MAX_CHARACTERS = 20_000;
const NOTHING = "nothing was stored";

/**
 * The value of a secret: typed at a terminal without being shown, or the whole of stdin, without the line break at its end.
 * The error says why there is none.
 */
export function readSecretValue(context: Pick<CommandContext, "stdin" | "stderr" | "stopped">, name: string): Promise<Result<string, string>> {
  return context.stdin.isTTY === true ? typed(context, name) : piped(context);
}

async function typed({ stdin, stderr, stopped }: Pick<CommandContext, "stdin" | "stderr" | "stopped">, name: string): Promise<Result<string, string>> {
  stderr.write(`Value of ${name} (not shown): `);
  // The terminal's own echo is off while readline reads it, and what readline would show goes nowhere.
  const nowhere = new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true, historySize: 0 });
  const closed = new AbortController();
  lines.once("SIGINT", () => {
    closed.abort();
  });
  lines.once("close", () => {
    closed.abort();
  });
  try {
    const given: readonly unknown[] = await once(lines, "line", { signal: AbortSignal.any([stopped, closed.signal]) });
    return ok(String(given[0]));
  } catch {
    return err(NOTHING);
  } finally {
    lines.close();
    stderr.write("\n");
  }
}

function piped({ stdin, stopped }: Pick<CommandContext, "stdin" | "stopped">): Promise<Result<string, string>> {
  return new Promise((resolve) => {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    let text = "";
    const end = (result: Result<string, string>): void => {
      stdin.off("data", onData);
      stdin.off("end", onEnd);
      stdin.off("error", onUnreadable);
      stopped.removeEventListener("abort", onStopped);
      // Otherwise an open pipe would keep the program alive.
      stdin.pause();
      resolve(result);
    };
    const onData = (chunk: string | Buffer): void => {
      try {
        text += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
      } catch {
        onUnreadable();
        return;
      }
      if (text.length > MAX_CHARACTERS) end(err(`found more than ${MAX_CHARACTERS.toLocaleString("en")} characters on stdin; allowed: the value of one secret`));
    };
    const onEnd = (): void => {
      try {
        end(ok((text + decoder.decode()).replace(/\r?\n$/u, "")));
      } catch {
        onUnreadable();
      }
    };
    const onUnreadable = (): void => {
      end(err("stdin cannot be read as text in UTF-8"));
    };
    const onStopped = (): void => {
      end(err(NOTHING));
    };
    stdin.on("data", onData);
    stdin.on("end", onEnd);
    stdin.on("error", onUnreadable);
    stopped.addEventListener("abort", onStopped, { once: true });
    if (stopped.aborted) onStopped();
  });
}

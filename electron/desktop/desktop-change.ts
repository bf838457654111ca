import type { Fault } from "../../shared/fault.ts";
import { describeFault } from "../../shared/fault-table.ts";
import type { Reply } from "../../shared/panel.ts";
import type { Result } from "../../shared/result.ts";
import type { ChangeName } from "../words/en/desktop-words.ts";
import type { DesktopPorts } from "./desktop-ports.ts";

/** What the person asked for outside the panel. */
export interface DesktopChange {
  /** What it is about. */
  readonly change: ChangeName;
  readonly run: () => Promise<Reply | Result<null, Fault>>;
}

/**
 * Carries out what the person asked for outside the panel, and tells a refusal as a notice on the panel; one that comes
 * to pass takes the notice back. Gives whether it came to pass; a mistake of ours goes to `onBug`.
 */
export async function carryOut({ publisher, clock, speech, onBug }: Pick<DesktopPorts, "publisher" | "clock" | "speech" | "onBug">, { change, run }: DesktopChange): Promise<boolean> {
  const id = `desktop: ${change}`;
  try {
    const reply = await run();
    if (reply.ok) {
      if (publisher.state().notices.some((notice) => notice.id === id)) publisher.publish({ kind: "notice-cleared", id });
      return true;
    }
    const saying = speech.words().changes.refused(change, describeFault(reply.error, speech.language()));
    publisher.publish({ kind: "notice", notice: { id, level: "warning", ...saying, since: clock.now() } });
  } catch (bug) {
    onBug(bug);
  }
  return false;
}

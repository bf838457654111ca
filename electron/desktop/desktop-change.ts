import type { Fault } from "../../shared/fault.ts";
import { describeFault } from "../../shared/fault-table.ts";
import type { Reply } from "../../shared/panel.ts";
import type { Result } from "../../shared/result.ts";
import type { DesktopPorts } from "./desktop-ports.ts";

/** What the person asked for outside the panel. */
export interface DesktopChange {
  /** What it is about, as the subject of "... was not changed". */
  readonly subject: string;
  readonly run: () => Promise<Reply | Result<null, Fault>>;
}

/**
 * Carries out what the person asked for outside the panel, and tells a refusal as a notice on the panel; one that comes
 * to pass takes the notice back. Gives whether it came to pass; a mistake of ours goes to `onBug`.
 */
export async function carryOut({ publisher, clock, onBug }: Pick<DesktopPorts, "publisher" | "clock" | "onBug">, { subject, run }: DesktopChange): Promise<boolean> {
  const id = `desktop: ${subject}`;
  try {
    const reply = await run();
    if (reply.ok) {
      if (publisher.state().notices.some((notice) => notice.id === id)) publisher.publish({ kind: "notice-cleared", id });
      return true;
    }
    const { what, cause, remedy } = describeFault(reply.error);
    publisher.publish({ kind: "notice", notice: { id, level: "warning", what: `${subject}: ${what}`, effect: `It stays as it was. ${cause}`, remedy, since: clock.now() } });
  } catch (bug) {
    onBug(bug);
  }
  return false;
}

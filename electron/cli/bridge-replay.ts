import type { BridgeEvent } from "../../shared/bridge.ts";
import type { BridgeView } from "../../shared/bridge-view.ts";
import type { Fault, FaultCode } from "../../shared/fault.ts";
import { describeFault } from "../../shared/fault-table.ts";
import type { ConfigSource } from "../config/config-source.ts";
import { bridgeLine, counted } from "./bridge-lines.ts";
import type { OpenBridge } from "./bridge-service.ts";
import { exitCodes, untilStopped, type CommandContext, type ExitCode } from "./command.ts";
import { exitCodeOf } from "./fault-exit.ts";
import { faultMessage } from "./fault-message.ts";
import { headlessPorts } from "./headless.ts";
import { sayLine, type Line } from "./line.ts";

/** What became of the letters that were worked again. */
interface Tally {
  readonly replayed: Set<string>;
  readonly answered: Set<string>;
  readonly left: Set<string>;
  readonly uncertain: Set<string>;
}

/**
 * Works every dead letter again, once, and ends: 0 none is left, 1 some remain or became uncertain, 2 it could not be
 * tried (another bridge works here, no credentials) or was stopped. The event `replayed` comes last.
 */
export async function replayDeadLetters(context: CommandContext, config: ConfigSource, open: OpenBridge): Promise<ExitCode> {
  const { output, stopped } = context;
  const refused = Promise.withResolvers<Fault>();
  const tally: Tally = { replayed: new Set(), answered: new Set(), left: new Set(), uncertain: new Set() };
  const opened = await open({
    ...headlessPorts(context, config),
    work: "replay",
    onBridge: (event) => {
      count(tally, event);
      // What was dead before is what is being worked; the rest of the lines says what became of it.
      if (!isFromBefore(event)) sayLine(output, bridgeLine(event));
    },
    onConnection: (name, state) => {
      if (name === "bridge" && state.kind === "rejected") refused.resolve(state.fault);
    },
  });
  if (!opened.ok) {
    output.error(faultMessage(opened.error));
    return exitCodes.notTried;
  }
  await using service = opened.value;
  const idle = service.idle().then(() => "idle" as const);
  const end = await Promise.race([refused.promise, untilStopped(stopped).then(() => "stopped" as const), idle]);
  if (end !== "stopped" && end !== "idle") {
    output.error(faultMessage(end));
    return exitCodeOf(end);
  }
  const view = service.view();
  if (view === null) return exitCodes.notTried;
  sayLine(output, replayedLine(tally, view));
  if (end === "stopped") return exitCodes.notTried;
  return view.deadLetters.count === 0 && tally.uncertain.size === 0 ? exitCodes.done : exitCodes.no;
}

function count(tally: Tally, event: BridgeEvent): void {
  if (event.kind === "settled" && event.how === "replayed") tally.replayed.add(event.id);
  if (event.kind === "answered") tally.answered.add(event.id);
  if (event.kind === "left-to-agent") tally.left.add(event.id);
  if (event.kind === "uncertain" && !isFromBefore(event)) tally.uncertain.add(event.id);
}

function isFromBefore(event: BridgeEvent): boolean {
  return "fromBefore" in event && event.fromBefore;
}

/** `replayed {total, answered, leftToAgent, uncertain, remaining, reasons[{reason, count}]}`. */
function replayedLine(tally: Tally, { deadLetters }: BridgeView): Line {
  const of = (ids: ReadonlySet<string>): number => [...ids].filter((id) => tally.replayed.has(id)).length;
  const total = tally.replayed.size;
  const answered = of(tally.answered);
  const left = of(tally.left);
  const uncertain = tally.uncertain.size;
  const remaining = deadLetters.count;
  const codes = Map.groupBy(deadLetters.list, (letter) => letter.fault.code);
  const reasons = [...codes].map(([code, letters]) => ({ reason: reasonOf(code, letters[0]?.fault), count: letters.length }));
  const human =
    total === 0 && remaining === 0
      ? "There are no dead letters."
      : [
          `${counted(total, "dead letter")} worked again: ${answered} answered`,
          ...(left === 0 ? [] : [`${left} left to an agent`]),
          ...(uncertain === 0 ? [] : [`${uncertain} uncertain`]),
          `${remaining} remaining`,
        ].join(", ") + (reasons.length === 0 ? "." : `.\n${reasons.map(({ reason, count }) => `  ${count} x ${reason}`).join("\n")}`);
  return { event: "replayed", fields: { total, answered, leftToAgent: left, uncertain, remaining, reasons }, human };
}

function reasonOf(code: FaultCode, fault: Fault | undefined): string {
  if (fault === undefined) return code;
  const { what, cause } = describeFault(fault);
  return `${what} ${cause}`;
}

import { assertNever } from "../../shared/assert-never.ts";
import type { BridgeEvent, DeadLetter, DeliveryState } from "../../shared/bridge.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Reply, Step, TakenMessage } from "./inbox.ts";
import { deliveryOf, type Job, letterText, levelOf } from "./work-job.ts";

/** Says in events what became of an item, after it was kept. */
export interface WorkTelling {
  delivery(job: Job, reply: Reply, state: DeliveryState): void;
  /** The item left the work with this step. */
  end(job: Job, step: Step): void;
}

export function createWorkTelling({ tell, clock, thresholds }: {
  readonly tell: (event: BridgeEvent) => void;
  readonly clock: Clock;
  readonly thresholds: { readonly elevatedMs: number; readonly criticalMs: number };
}): WorkTelling {
  const delivery = (job: Job, reply: Reply, state: DeliveryState): void => {
    tell({ kind: "delivery", delivery: deliveryOf(job.item, reply, job.madeAt, state) });
  };

  const answered = (job: Job): void => {
    const { id, conversationId, receivedAt, eventTime } = job.item;
    // Clocks that contradict each other measure nothing.
    const genesys = eventTime === null || eventTime > receivedAt ? null : receivedAt - eventTime;
    const totalMs = job.arrivedAt === null ? Math.max(0, clock.now() - receivedAt) : clock.monotonic() - job.arrivedAt;
    tell({ kind: "answered", id, conversationId, hops: { genesys, bot: job.botMs, reply: job.replyMs }, totalMs, level: levelOf(job.botMs, thresholds) });
  };

  return {
    delivery,
    end(job, step) {
      const { id, conversationId } = job.item;
      switch (step.kind) {
        case "answered":
          if (job.stage.kind !== "ask") delivery(job, job.stage.reply, { kind: "delivered", at: clock.now() });
          if (job.author === "customer") answered(job);
          return;
        case "left":
          if (job.stage.kind === "send" && job.queued) delivery(job, job.stage.reply, { kind: "withdrawn" });
          tell({ kind: "left-to-agent", id, conversationId });
          return;
        case "dead":
          if (step.reply !== null) delivery(job, step.reply, { kind: "failed", fault: step.fault });
          if (job.author === "customer") tell({ kind: "dead-letter", letter: letterOf(job.item, step) });
          return;
        case "uncertain":
          delivery(job, step.reply, { kind: "uncertain" });
          tell({ kind: "uncertain", id, conversationId });
          return;
        case "received":
        case "held":
        case "forwarded":
        case "replying":
        case "withdrawn":
          return;
        default:
          assertNever(step);
      }
    },
  };
}

/** A dead letter as the panel is told of it. */
export function letterOf(item: TakenMessage, step: Extract<Step, { readonly kind: "dead" }>): DeadLetter {
  const { id, conversationId, text, receivedAt } = item;
  return { id, conversationId, text: letterText(text), receivedAt, diedAt: step.diedAt, attempts: step.attempts, fault: step.fault };
}

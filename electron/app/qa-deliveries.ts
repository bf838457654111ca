import type { Clock } from "../../shared/clock.ts";
import type { Batch } from "../../shared/simulation.ts";
import type { SendJson } from "../net/http.ts";
import { qaReport } from "../simulations/qa-report.ts";
import { sendQaReport } from "../simulations/qa-sender.ts";
import type { Notices } from "./notices.ts";

const NOTICE = "simulations-webhook";
/** How long disposing goes on with what is under way; then it is given up. */
const GRACE_MS = 2_000;

/** Reports to the QA platform, in the background. Disposing gives what is under way a moment. */
export interface QaDeliveries extends AsyncDisposable {
  /** Never waits and never fails: what cannot be delivered is told as a notice. */
  send(url: string, batch: Batch, projectId: string): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** Sends through `send`, which signs nothing. */
export function createQaDeliveries({ send, clock, notices }: { readonly send: SendJson; readonly clock: Clock; readonly notices: Notices }): QaDeliveries {
  const closing = new AbortController();
  const underWay = new Set<Promise<void>>();
  const settled = async (): Promise<void> => {
    await Promise.all(underWay);
  };

  const deliver = async (url: string, batch: Batch, projectId: string): Promise<void> => {
    const sent = await sendQaReport({ send, url, report: qaReport(batch, { projectId, now: clock.now() }), signal: closing.signal });
    if (sent.ok) {
      notices.clear(NOTICE);
      return;
    }
    const { detail } = sent.error;
    notices.raise({
      id: NOTICE,
      level: "warning",
      say: ({ simulations }) => simulations.qaRefused(batch.batchId, detail),
    });
  };

  return {
    send(url, batch, projectId) {
      const delivery = deliver(url, batch, projectId).finally(() => underWay.delete(delivery));
      underWay.add(delivery);
    },
    settled,
    async [Symbol.asyncDispose]() {
      const cancel = clock.after(GRACE_MS, () => {
        closing.abort();
      });
      await settled();
      cancel();
    },
  };
}

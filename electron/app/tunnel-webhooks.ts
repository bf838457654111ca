import type { Clock } from "../../shared/clock.ts";
import type { TunnelEvent } from "../../shared/tunnel.ts";
import type { Config } from "../config/complete-config.ts";
import { variable } from "../config/environment.ts";
import { createHttp } from "../net/http.ts";
import { createWebhook, type Webhook, type WebhookTrouble } from "../net/webhook.ts";
import { openDeskNetwork, withNetwork } from "./desk-network.ts";
import type { Notices } from "./notices.ts";
import { createSlot } from "./slot.ts";

export interface TunnelWebhooksOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly readFile: (path: string) => Promise<string>;
  readonly notices: Notices;
}

/** The deployment pipelines that hear of the tunnel (contract 1.6), as the configuration wants them at the moment. */
export interface TunnelWebhooks extends AsyncDisposable {
  apply(config: Config): Promise<void>;
  /** Never waits and never fails: what cannot be delivered is told as a notice. */
  take(event: TunnelEvent): void;
}

interface Made {
  readonly webhooks: NonNullable<Config["tunnel"]>["webhooks"];
  readonly network: Config["network"];
}

interface Subscribers extends AsyncDisposable {
  readonly all: readonly Webhook[];
}

/** Delivers the tunnel's events to every address that `tunnel.webhooks` names, each at its own pace. */
export function createTunnelWebhooks({ env, clock, random, readFile, notices }: TunnelWebhooksOptions): TunnelWebhooks {
  const open = async ({ webhooks, network: wanted }: Made): Promise<Subscribers | null> => {
    for (const { id } of notices.all()) if (id.startsWith(NOTICE)) notices.clear(id);
    if (webhooks.length === 0) return null;
    const network = await openDeskNetwork(wanted, { env, readFile });
    // Told by the tunnel itself, which needs the same network.
    if (!network.ok) return null;
    const send = createHttp({ clock, random, fetch: network.value.fetch });
    const all = webhooks.flatMap((webhook, index) => {
      const { url, secret: name } = typeof webhook === "string" ? { url: webhook, secret: undefined } : webhook;
      const secret = name === undefined ? undefined : variable(env, name);
      if (name !== undefined && secret === undefined) {
        tellUnsigned(notices, index, name);
        return [];
      }
      const onTrouble = (trouble: WebhookTrouble): void => {
        tellTrouble(notices, index, url, trouble);
      };
      return [createWebhook({ url, send, clock, random, onTrouble, graceMs: GRACE_MS, ...(secret === undefined ? {} : { secret }) })];
    });
    // Side by side: each may go on for a while with what it still has to deliver.
    const closeAll = async (): Promise<void> => {
      await Promise.all(all.map((webhook) => webhook[Symbol.asyncDispose]()));
    };
    return withNetwork({ all, [Symbol.asyncDispose]: closeAll }, network.value);
  };

  const subscribers = createSlot(open);

  return {
    apply: ({ tunnel, network }) => subscribers.make({ webhooks: tunnel?.webhooks ?? [], network }),
    take(event) {
      // A check that found nothing wrong is no news to a pipeline.
      if (event.event === "tunnel_checked") return;
      const { event: name, timestamp, ...fields } = event;
      for (const webhook of subscribers.current()?.all ?? []) webhook.push(name, timestamp, fields);
    },
    [Symbol.asyncDispose]: () => subscribers[Symbol.asyncDispose](),
  };
}

const NOTICE = "tunnel-webhook-";
/** What is queued is delivered for so long at the end; with the second that a stuck tunnel may take, an end stays below 3 s. */
const GRACE_MS = 1_500;

function tellUnsigned(notices: Notices, index: number, name: string): void {
  notices.raise({
    id: `${NOTICE}${index}`,
    level: "warning",
    say: ({ webhooks }) => webhooks.unsigned(index + 1, name),
  });
}

function tellTrouble(notices: Notices, index: number, url: string, trouble: WebhookTrouble): void {
  const id = `${NOTICE}${index}`;
  const host = URL.parse(url)?.host ?? "";
  if (trouble.kind === "recovered") {
    if (trouble.lost === 0) notices.clear(id);
    else {
      notices.raise({
        id,
        level: "warning",
        say: ({ webhooks }) => webhooks.well(host, trouble.lost),
      });
    }
    return;
  }
  if (trouble.fault.code === "aborted") {
    notices.raise({
      id,
      level: "warning",
      say: ({ webhooks }) => webhooks.closed(host, trouble.lost),
    });
    return;
  }
  notices.raise({
    id,
    level: "warning",
    say: ({ webhooks }) => webhooks.failing(host, trouble.fault.detail),
  });
}

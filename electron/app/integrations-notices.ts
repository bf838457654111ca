import type { WebhookTrouble } from "../net/webhook.ts";
import type { Notices } from "./notices.ts";

const WEBHOOK = "integrations-webhook";
const DAMAGED = "integrations-damaged";
const FOLDER = "integrations-folder";

/** What a person should know of integrations apart from a run. */
export interface IntegrationsNotices {
  /** The webhook is another, or off. */
  webhookChanged(): void;
  unsigned(name: string): void;
  webhook(url: string, trouble: WebhookTrouble): void;
  damaged(paths: readonly string[]): void;
  /** The folder can be used, or why not (null: it can). */
  folder(detail: string | null): void;
}

/** Puts trouble into words, without more of an address than its host. */
export function createIntegrationsNotices(notices: Notices): IntegrationsNotices {
  return {
    webhookChanged: () => {
      notices.clear(WEBHOOK);
    },
    unsigned(name) {
      notices.raise({
        id: WEBHOOK,
        level: "warning",
        what: "The webhook of integrations is not sent: its signing secret is missing.",
        effect: "Integrations work, but the system behind the webhook hears nothing of them.",
        remedy: `Store the secret ${name}, or set it in the environment and start Callside again.`,
      });
    },
    webhook(url, trouble) {
      const host = URL.parse(url)?.host ?? "";
      if (trouble.kind === "recovered" && trouble.lost === 0) {
        notices.clear(WEBHOOK);
        return;
      }
      if (trouble.kind === "recovered") {
        notices.raise({
          id: WEBHOOK,
          level: "warning",
          what: `The webhook of integrations at ${host} takes events again.`,
          effect: `${trouble.lost} ${trouble.lost === 1 ? "run was" : "runs were"} not told to it.`,
          remedy: "Nothing needs to be done.",
        });
        return;
      }
      notices.raise({
        id: WEBHOOK,
        level: "warning",
        what: `The webhook of integrations at ${host} does not take events: ${trouble.fault.detail}.`,
        effect: "Integrations work. It is told once it answers; the oldest runs are dropped if that takes long.",
        remedy: "Check integrations.webhookUrl, and the system behind it.",
      });
    },
    damaged(paths) {
      notices.raise({
        id: DAMAGED,
        level: "warning",
        what: paths.length === 1 ? "A file of the integrations was damaged." : `${paths.length} files of the integrations were damaged.`,
        effect: `It was set aside as ${paths.slice(0, 3).join(", ")}${paths.length > 3 ? " and others" : ""}; nothing else is affected.`,
        remedy: "Mend the file and give it its name back, or write the definition anew.",
      });
    },
    folder(detail) {
      if (detail === null) notices.clear(FOLDER);
      else {
        notices.raise({
          id: FOLDER,
          level: "error",
          what: `The definitions of integrations cannot be read: ${detail}.`,
          effect: "None is shown, and none can be kept.",
          remedy: "Ask IT to check the folder's rights. It is tried again with the next command.",
        });
      }
    },
  };
}

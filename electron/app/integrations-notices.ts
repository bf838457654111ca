import type { WebhookTrouble } from "../net/webhook.ts";
import type { Notices } from "./notices.ts";

const WEBHOOK = "integrations-webhook";
const DAMAGED = "integrations-damaged";
const FOLDER = "integrations-folder";
/** How many damaged files are named. */
const MAX_TOLD = 3;

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
        say: ({ integrations }) => integrations.unsigned(name),
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
          say: ({ integrations }) => integrations.well(host, trouble.lost),
        });
        return;
      }
      notices.raise({
        id: WEBHOOK,
        level: "warning",
        say: ({ integrations }) => integrations.failing(host, trouble.fault.detail),
      });
    },
    damaged(paths) {
      notices.raise({
        id: DAMAGED,
        level: "warning",
        say: ({ integrations }) => integrations.damaged(paths.slice(0, MAX_TOLD), paths.length),
      });
    },
    folder(detail) {
      if (detail === null) notices.clear(FOLDER);
      else {
        notices.raise({
          id: FOLDER,
          level: "error",
          say: ({ integrations }) => integrations.folder(detail),
        });
      }
    },
  };
}

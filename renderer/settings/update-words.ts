import { assertNever } from "../../shared/assert-never.ts";
import type { UpdateState } from "../../shared/desktop.ts";
import { desktopTexts } from "../texts/desktop-texts.ts";
import { formatFixed, formatTime } from "../ui/format.ts";

const words = desktopTexts.updates;

/** What is told of updates, and the one thing that can be done. `busy`: it is being done already. */
export interface UpdateWords {
  readonly said: string;
  readonly more: string | null;
  /** How much is loaded, in percent. */
  readonly percent: number | null;
  readonly tone: "none" | "bad";
  readonly act: { readonly kind: "check" | "install" | "later"; readonly label: string; readonly busy: boolean } | null;
}

/** The state of updates in words. `live`: an interaction is live, which nothing may interrupt. */
export function updateWords(update: UpdateState, live: boolean): UpdateWords {
  const plain = { more: null, percent: null, tone: "none" } as const;
  const check = { kind: "check", label: words.check, busy: false } as const;
  const busy = { ...check, busy: true } as const;
  switch (update.kind) {
    case "off":
      return { ...plain, said: words.off, more: sentence(update.why), act: null };
    case "idle":
      if (update.held !== undefined) return { ...plain, said: words.held(update.held), more: words.comesLater, act: check };
      return update.checkedAt === null
        ? { ...plain, said: words.notLooked, act: check }
        : { ...plain, said: words.newest, more: words.lookedAt(formatTime(update.checkedAt)), act: check };
    case "checking":
      return { ...plain, said: words.checking, act: busy };
    case "loading":
      return { ...plain, said: words.loading(update.version, formatFixed(update.percent, 0)), percent: update.percent, act: busy };
    case "ready":
      return {
        ...plain,
        said: words.ready(update.version),
        more: [update.notes, live ? words.whenOver : words.restarts].filter((one) => one !== null && one !== "").join(" "),
        act: { kind: "install", label: live ? words.installLater : words.install, busy: false },
      };
    case "waiting":
      return { ...plain, said: words.waiting(update.version), more: words.whenOver, act: { kind: "later", label: words.notNow, busy: false } };
    case "installing":
      return { ...plain, said: words.installing(update.version), act: null };
    case "failed":
      return { ...plain, said: update.what, more: update.remedy, tone: "bad", act: { ...check, label: words.again } };
    default:
      return assertNever(update);
  }
}

/** Words from main as a sentence of their own. */
function sentence(text: string): string {
  const whole = text.charAt(0).toLocaleUpperCase() + text.slice(1);
  return whole === "" || /[.!?]$/u.test(whole) ? whole : `${whole}.`;
}

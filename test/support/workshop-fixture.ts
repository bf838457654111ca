import { createRuleCompiler, type Rules } from "../../electron/assist/compiled-rules.ts";
import { createRehearsalTally } from "../../electron/assist/rehearsal-tally.ts";
import type { HistoryCommands } from "../../electron/host/history-commands.ts";
import type { WorkshopCommands } from "../../electron/host/workshop-commands.ts";
import type { Publisher } from "../../electron/host/publisher.ts";
import type { Fault } from "../../shared/fault.ts";
import type { InteractionRecord } from "../../shared/history.ts";
import { noRuleDraft } from "../../shared/no-rule-draft.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Settings, SettingsPatch } from "../../shared/settings.ts";
import type { Rehearsal, Rehearsed } from "../../shared/workshop.ts";
import { playHistory } from "./history-fixture.ts";

/** Main's side of the workshop: the real rules on a past of our choosing, and settings that change when they are saved. */
export interface PlayedWorkshop {
  readonly commands: HistoryCommands;
  /** Where the draft is kept; it outlives the page. */
  readonly drafts: WorkshopCommands;
  /** Answers the keeping of drafts with a fault, until null. */
  readonly refuseKeeping: (fault: Fault | null) => void;
  readonly changeSettings: (patch: SettingsPatch) => Promise<Result<null, Fault>>;
  /** What was asked to be tried, in order. */
  readonly asked: readonly Rehearsal[];
  readonly saved: readonly SettingsPatch[];
  readonly keep: (records: readonly InteractionRecord[]) => void;
  /** Answers what is asked from now on with a fault, until null. */
  readonly refuse: (fault: Fault | null) => void;
  readonly refuseSaving: (fault: Fault | null) => void;
  /** Holds the next answer back until the returned function is called. */
  readonly hold: () => () => void;
}

export function playWorkshop(publisher: Publisher): PlayedWorkshop {
  const asked: Rehearsal[] = [];
  const saved: SettingsPatch[] = [];
  const compile = createRuleCompiler();
  let past: readonly InteractionRecord[] = [];
  let refusal: Fault | null = null;
  let savingRefusal: Fault | null = null;
  let keepingRefusal: Fault | null = null;
  const drafts = memoryDrafts();
  let held: Promise<void> | null = null;

  const withPatch = (settings: Settings, { triggers, policy }: SettingsPatch): Settings =>
    ({ ...settings, triggers: { ...settings.triggers, ...triggers }, policy: { ...settings.policy, ...policy } }) as Settings;

  const rehearse = async (rehearsal: Rehearsal): Promise<Result<Rehearsed, Fault>> => {
    asked.push(rehearsal);
    const wait = held;
    held = null;
    await wait;
    if (refusal !== null) return err(refusal);
    const { settings } = publisher.state();
    const tally = createRehearsalTally(compile(rulesOf(withPatch(settings, rehearsal))), compile(rulesOf(settings)));
    const { channel } = rehearsal.filter;
    for (const record of past.filter(({ interaction }) => channel === null || interaction.channel === channel).slice(0, rehearsal.interactions)) tally.take(record);
    return ok({ ...tally.result(), tookMs: 12 });
  };

  return {
    asked,
    saved,
    commands: {
      ...playHistory().commands,
      facets: async () => {
        const channels = [...new Set(past.flatMap(({ interaction }) => interaction.channel ?? []))];
        return ok({ channels, queues: [], agents: [], interactions: past.length, since: null });
      },
      rehearse,
    },
    drafts: { ...drafts, keepDraft: async (draft) => (keepingRefusal === null ? drafts.keepDraft(draft) : err(keepingRefusal)) },
    refuseKeeping: (fault) => void (keepingRefusal = fault),
    async changeSettings(patch) {
      if (savingRefusal !== null) return err(savingRefusal);
      saved.push(patch);
      publisher.publish({ kind: "settings", settings: withPatch(publisher.state().settings, patch) });
      return ok(null);
    },
    keep: (records) => void (past = records),
    refuse: (fault) => void (refusal = fault),
    refuseSaving: (fault) => void (savingRefusal = fault),
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
  };
}

/** Keeps the workshop's draft for as long as the test lasts. */
export function memoryDrafts(): WorkshopCommands {
  let kept = noRuleDraft;
  return {
    draft: async () => ok({ draft: kept }),
    async keepDraft(draft) {
      kept = draft;
      return ok(null);
    },
  };
}

function rulesOf({ triggers, policy }: Rules): Rules {
  return { triggers, policy };
}

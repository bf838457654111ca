import type { Config } from "../config/complete-config.ts";
import type { ConfigSource } from "../config/config-source.ts";
import { changedKeys } from "./changed-keys.ts";
import { tellConfigProblems } from "./config-notice.ts";
import { tellMachineProblems } from "./machine-notice.ts";
import type { Notices } from "./notices.ts";
import type { Records } from "./records.ts";

export interface FollowConfigOptions {
  readonly config: ConfigSource;
  readonly notices: Notices;
  readonly records: Pick<Records, "note">;
  readonly onChange: (next: Config) => void;
}

/** Tells what is wrong with the configuration and with the machine's rules, and notes in the audit which keys have changed. */
export function followConfig({ config, notices, records, onChange }: FollowConfigOptions): Disposable {
  tellMachineProblems(notices, config.machine());
  const stops = [
    config.onProblem((problems) => {
      tellConfigProblems(notices, problems);
    }),
    config.onMachine(() => {
      tellMachineProblems(notices, config.machine());
      // The keys and no values: an audit file tells that IT's rules were others from here on.
      records.note("MACHINE_POLICY_CHANGED", { keys: config.machine().rules.rules.map(({ path }) => path.join(".")) });
    }),
    config.onChange((next, previous) => {
      // The phrases are told by the keys that they come from.
      records.note("CONFIGURATION_CHANGED", { keys: changedKeys({ ...previous, phrases: null }, { ...next, phrases: null }) });
      onChange(next);
    }),
  ];
  return {
    [Symbol.dispose]() {
      for (const stop of stops) stop();
    },
  };
}

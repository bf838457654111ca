/** What rules are tried on: the newest interactions, of one channel or queue where one is named. */
export interface TrialChoice {
  readonly interactions: number;
  readonly channel: string | null;
  readonly queue: string | null;
}

export const everyTrial: TrialChoice = { interactions: 200, channel: null, queue: null };

/** How many can be chosen. */
export const trialSizes = [50, 200, 1_000] as const;

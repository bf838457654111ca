import type { Call } from "./call.ts";
import { chargedTwice, feeThatStays, roamingShock } from "./practice-calls/billing-calls.ts";
import { doppeltAbgebucht, verlassenesPaket } from "./practice-calls/german-calls.ts";
import { leakingMachine, parcelInTheRain } from "./practice-calls/order-calls.ts";
import type { PracticeCall } from "./practice-calls/practice-call.ts";
import { gymMembership, leavingForCheaper } from "./practice-calls/retention-calls.ts";
import { eveningOutages, newAddress, nobodyCame } from "./practice-calls/service-calls.ts";
import { mudanzaSinFibra, zapatosPequenos } from "./practice-calls/spanish-calls.ts";

/** A call that a person can choose to practise. */
export interface TitledCall extends Call {
  readonly title: string;
  /** What awaits the agent, in a sentence or two. */
  readonly about: string;
}

/** The practice calls in the order in which they are played: the first ones show most in the first minute. */
export const practiceCalls: readonly TitledCall[] = [
  chargedTwice,
  leavingForCheaper,
  eveningOutages,
  parcelInTheRain,
  nobodyCame,
  doppeltAbgebucht,
  mudanzaSinFibra,
  feeThatStays,
  leakingMachine,
  gymMembership,
  verlassenesPaket,
  roamingShock,
  zapatosPequenos,
  newAddress,
].map(playable);

function playable({ rows, ...head }: PracticeCall): TitledCall {
  return {
    ...head,
    lines: rows.map(([seconds, speaker, sentimentScore, text], at) => ({
      index: at + 1,
      offsetMs: Math.round(seconds * 1000),
      speaker,
      text,
      sentimentScore,
    })),
  };
}

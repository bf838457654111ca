import type { Clock } from "../../shared/clock.ts";

/** Asks for something that depends on what is being typed. */
export interface NewestAnswer<Input> {
  /** Asks once nothing newer has come for the delay. */
  readonly soon: (input: Input) => void;
  readonly now: (input: Input) => void;
  /** Nothing that was asked is taken any more. */
  readonly forget: () => void;
}

interface NewestAnswerPorts<Input, Output> {
  readonly clock: Clock;
  readonly delayMs: number;
  readonly ask: (input: Input) => Promise<Output>;
  /** Told the answer to the newest question only. */
  readonly take: (answer: Output) => void;
}

/** Questions that overtake each other: the newest answer wins, whenever the others come. */
export function createNewestAnswer<Input, Output>({ clock, delayMs, ask, take }: NewestAnswerPorts<Input, Output>): NewestAnswer<Input> {
  let generation = 0;
  let cancel = (): void => {};
  const forget = (): void => {
    cancel();
    generation += 1;
  };
  const now = (input: Input): void => {
    forget();
    const mine = generation;
    void (async () => {
      const answer = await ask(input);
      if (mine === generation) take(answer);
    })();
  };
  return {
    now,
    forget,
    soon(input) {
      forget();
      cancel = clock.after(delayMs, () => now(input));
    },
  };
}

/** Gathers calls, and has those that wait done together. */
export interface Group<Call, Answer> {
  ask(call: Call): Promise<Answer>;
  /** Resolves when nothing that was asked before is waiting or being done. */
  settled(): Promise<void>;
}

export interface GroupOptions<Call, Answer> {
  /** Does calls in their order, and answers each; never rejects. One at a time. */
  readonly perform: (calls: readonly Call[]) => Promise<readonly Answer[]>;
  /** The answer to a call that got none. */
  readonly unanswered: Answer;
  /** How much a call weighs (characters), and how many calls and how much weight may be done together. */
  readonly weigh: (call: Call) => number;
  readonly maxCalls: number;
  readonly maxWeight: number;
}

interface Waiting<Call, Answer> {
  readonly call: Call;
  readonly answer: (answer: Answer) => void;
}

/**
 * A group commit: what is asked for while calls are being done, or in the same turn of the event loop, is done together
 * next. Order of asking is order of doing.
 */
export function createGroup<Call, Answer>(options: GroupOptions<Call, Answer>): Group<Call, Answer> {
  const { perform, unanswered, weigh, maxCalls, maxWeight } = options;
  let waiting: Waiting<Call, Answer>[] = [];
  let running: Promise<void> | null = null;

  const next = (): readonly Waiting<Call, Answer>[] => {
    let weight = 0;
    // A call that is too heavy by itself goes alone.
    const end = waiting.findIndex(({ call }, index) => {
      weight += weigh(call);
      return index > 0 && (index >= maxCalls || weight > maxWeight);
    });
    const taken = end === -1 ? waiting : waiting.slice(0, end);
    waiting = end === -1 ? [] : waiting.slice(end);
    return taken;
  };

  const run = async (): Promise<void> => {
    // What the answers before, or the sockets, bring about in this turn comes along.
    await endOfTurn();
    while (waiting.length > 0) {
      const group = next();
      const answers = await perform(group.map(({ call }) => call));
      for (const [index, { answer }] of group.entries()) answer(answers[index] ?? unanswered);
      await endOfTurn();
    }
    running = null;
  };

  return {
    ask: (call) =>
      new Promise((resolve) => {
        waiting.push({ call, answer: resolve });
        running ??= run();
      }),
    async settled() {
      await running;
    },
  };
}

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

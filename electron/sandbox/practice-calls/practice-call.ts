/** One line of a call: seconds from its start, who speaks, sentiment (-1 to 1), what was said. */
type Row = readonly [seconds: number, speaker: "agent" | "customer", sentiment: number, text: string];

/** A call that the sandbox can play. All people in it are invented. */
export interface PracticeCall {
  readonly id: string;
  /** What it is called where calls are chosen, and in a sentence or two what awaits the agent. */
  readonly title: string;
  readonly about: string;
  readonly customerName: string;
  readonly channel: "voice" | "chat";
  readonly queue: string;
  readonly language: "en" | "de" | "es";
  readonly rows: readonly Row[];
}

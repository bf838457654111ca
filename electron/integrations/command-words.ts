/** A word of a command, its quotes resolved; `at`: where it begins in the text. */
export interface CommandWord {
  readonly text: string;
  readonly at: number;
}

/** Something in a command that is not understood, and where. */
export interface CommandFault {
  readonly at: number;
  readonly message: string;
}

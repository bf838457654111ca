/**
 * Something that customers want. `asked`: ways of asking for it, as material for the ranking; none of them has to be
 * said for the intent to be found. `smallTalk` gives way to any matter that is spoken of beside it.
 */
export interface Intent {
  readonly id: string;
  readonly title: string;
  readonly texts: readonly string[];
  readonly asked: readonly string[];
  readonly flow: string;
  readonly smallTalk: boolean;
}

/** What a notice says: what happened, what Callside does about it or what it costs meanwhile, and what a person can do. */
export interface Saying {
  readonly what: string;
  readonly effect: string;
  readonly remedy: string;
}

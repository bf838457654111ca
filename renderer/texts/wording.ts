/** The form of a catalogue in any language: the same keys, and functions of the same values. */
export type Wording<T> = T extends string
  ? string
  : T extends (...values: infer Values) => string
    ? (...values: Values) => string
    : T extends readonly string[]
      ? readonly string[]
      : { readonly [Key in keyof T]: Wording<T[Key]> };

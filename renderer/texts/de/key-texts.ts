import type { keyTexts as english } from "../en/key-texts.ts";
import type { Wording } from "../wording.ts";

/** What is written on the keys of a keyboard. Loaded where keys are named. */
export const keyTexts = {
  names: {
    Ctrl: "Strg",
    Shift: "Umschalt",
    Space: "Leertaste",
    Backspace: "Rücktaste",
    Del: "Entf",
    Delete: "Entf",
    Insert: "Einfg",
    Enter: "Eingabe",
    Up: "Pfeil auf",
    Down: "Pfeil ab",
    Left: "Pfeil links",
    Right: "Pfeil rechts",
    Home: "Pos1",
    End: "Ende",
    PageUp: "Bild auf",
    PageDown: "Bild ab",
  },
} satisfies Wording<typeof english>;

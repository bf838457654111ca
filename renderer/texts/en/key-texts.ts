/** What is written on the keys of a keyboard. Loaded where keys are named. */
export const keyTexts = {
  names: {
    Ctrl: "Ctrl",
    Shift: "Shift",
    Space: "Space",
    Backspace: "Backspace",
    Del: "Del",
    Delete: "Del",
    Insert: "Ins",
    Enter: "Enter",
    Up: "Up",
    Down: "Down",
    Left: "Left",
    Right: "Right",
    Home: "Home",
    End: "End",
    PageUp: "Page Up",
    PageDown: "Page Down",
  },
} as const;

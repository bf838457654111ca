import { readdirSync, readFileSync } from "node:fs";

/** Words that trigger nothing with the usual keywords. */
const OWN = [
  "hi i am calling about the invoice that came last week",
  "one moment please i have it in front of me",
  "it says forty five dollars on the third and on the ninth",
  "yes that is the right address and the right phone number",
  "okay and when will that be on my account",
  "thank you that is all i wanted to know today",
];

/** What people really said, where the folder of real calls is beside the project; else a few lines of our own. */
export function spokenTexts(): readonly string[] {
  const folder = new URL("../../../shared/calls/", import.meta.url);
  try {
    const texts = readdirSync(folder)
      .filter((name) => name.endsWith(".jsonl"))
      .flatMap((name) => readFileSync(new URL(name, folder), "utf8").trim().split("\n"))
      .map((line): unknown => JSON.parse(line))
      .flatMap((line) => (typeof line === "object" && line !== null && "text" in line ? [String(line.text)] : []))
      .filter((text) => !text.startsWith("["));
    return texts.length > 0 ? texts : OWN;
  } catch {
    return OWN;
  }
}

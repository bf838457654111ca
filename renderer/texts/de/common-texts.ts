import { withUnit } from "../../ui/format.ts";
import type { commonTexts as english } from "../en/common-texts.ts";
import type { Wording } from "../wording.ts";

/** What is said in more than one place. */
export const commonTexts = {
  product: "Callside",
  practice: "Übung",
  practiceHint: "Anrufe und Vorschläge kommen von der eingebauten Übungsplattform. Nichts davon erreicht einen Kunden.",
  close: "Schließen",
  undo: "Rückgängig",
  dismiss: "Ausblenden",
  show: "zeigen",
  none: "—",
  ago: (age) => `vor ${age}`,
  since: (time) => `seit ${time}`,
  latency: (ms) => withUnit(ms, "ms"),
} satisfies Wording<typeof english>;

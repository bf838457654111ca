import { alertWords, boxWords, changeWords, loginWords, shortcutWords, standingWords, trayMenuWords } from "./de/desktop-words.ts";
import { overviewFileWords } from "./de/file-words.ts";
import { healthWords } from "./de/health-words.ts";
import { keptWords } from "./de/kept-words.ts";
import { bridgeWords, integrationWords, simulationWords, webhookWords } from "./de/platform-words.ts";
import { practiceCallWords } from "./de/practice-words.ts";
import { problemWords } from "./de/problem-words.ts";
import { reportWords } from "./de/report-words.ts";
import { rulesWords } from "./de/rules-words.ts";
import { updateWords } from "./de/update-words.ts";
import type { Words } from "./en.ts";

/** All that main says to a person, in German. */
export const germanWords = {
  kept: keptWords,
  health: healthWords,
  rules: rulesWords,
  bridge: bridgeWords,
  webhooks: webhookWords,
  integrations: integrationWords,
  simulations: simulationWords,
  standing: standingWords,
  menu: trayMenuWords,
  alerts: alertWords,
  shortcuts: shortcutWords,
  changes: changeWords,
  boxes: boxWords,
  login: loginWords,
  updates: updateWords,
  practiceCalls: practiceCallWords,
  overviewFile: overviewFileWords,
  report: reportWords,
  problems: problemWords,
} satisfies Words;

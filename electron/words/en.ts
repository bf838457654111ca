import { alertWords, boxWords, changeWords, loginWords, shortcutWords, standingWords, trayMenuWords } from "./en/desktop-words.ts";
import { overviewFileWords } from "./en/file-words.ts";
import { healthWords } from "./en/health-words.ts";
import { keptWords } from "./en/kept-words.ts";
import { bridgeWords, integrationWords, simulationWords, webhookWords } from "./en/platform-words.ts";
import { practiceCallWords } from "./en/practice-words.ts";
import { problemWords } from "./en/problem-words.ts";
import { reportWords } from "./en/report-words.ts";
import { rulesWords } from "./en/rules-words.ts";
import { updateWords } from "./en/update-words.ts";

/** All that main says to a person, in English. The command line, logs, audit and metrics speak for themselves: they are English always. */
export const englishWords = {
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
};

/** The texts of a language. */
export type Words = typeof englishWords;

import { bridgeTexts } from "./bridge-texts.ts";
import { commonTexts } from "./common-texts.ts";
import { connectionTexts } from "./connection-texts.ts";
import { frameTexts } from "./frame-texts.ts";
import { setupLinkTexts } from "./setup-link-texts.ts";
import { suggestionTexts } from "./suggestion-texts.ts";
import { talkTexts } from "./talk-texts.ts";

export { germanFaults as faultWords } from "../../../shared/fault-words-de.ts";
export { lockTexts } from "./lock-texts.ts";
export { practiceMarkTexts } from "./practice-mark-texts.ts";

/** What an agent's panel says from its first moment. */
export const texts = { ...commonTexts, ...talkTexts, ...suggestionTexts, ...connectionTexts, ...frameTexts, ...setupLinkTexts, ...bridgeTexts };

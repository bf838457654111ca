import { bridgeTexts } from "./texts/bridge-texts.ts";
import { commonTexts } from "./texts/common-texts.ts";
import { connectionTexts } from "./texts/connection-texts.ts";
import { frameTexts } from "./texts/frame-texts.ts";
import { settingsTexts } from "./texts/settings-texts.ts";
import { setupLinkTexts } from "./texts/setup-link-texts.ts";
import { suggestionTexts } from "./texts/suggestion-texts.ts";
import { talkTexts } from "./texts/talk-texts.ts";

/**
 * Every word that the panel says in its own voice, so that another language is another such object. By area in `texts/`;
 * those of a view that is loaded when it is opened are loaded with it.
 */
export const texts = { ...commonTexts, ...talkTexts, ...suggestionTexts, ...connectionTexts, ...frameTexts, ...settingsTexts, ...setupLinkTexts, ...bridgeTexts } as const;

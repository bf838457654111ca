import { general } from "./texts/catalogue.ts";

/**
 * Every word that the panel says in its own voice, in the page's language. By area in `texts/en/` and `texts/de/`; those
 * of a view that is loaded when it is opened are loaded with it.
 */
export const { texts } = general;

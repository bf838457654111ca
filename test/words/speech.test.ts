import { describe, expect, it } from "vitest";
import { createSpeech } from "../../electron/words/speech.ts";
import { languageOf } from "../../shared/language.ts";

describe("the language of a setting", () => {
  it.each([
    ["system", ["de-AT", "en"], "de"],
    ["system", ["de_DE.UTF-8"], "de"],
    ["system", ["en-GB", "de"], "en"],
    ["system", ["fr-CA", "DE"], "de"],
    ["system", ["fr", "es"], "en"],
    ["system", ["", "den", "deu"], "en"],
    ["system", [], "en"],
    ["en", ["de"], "en"],
    ["de", ["en"], "de"],
  ] as const)("%s where %j is preferred: %s", (setting, preferred, language) => {
    expect(languageOf(setting, preferred)).toBe(language);
  });
});

describe("the speech of a program", () => {
  it("follows the setting, and what is preferred where the setting says so; it tells only what changes", () => {
    const speech = createSpeech();
    const told: string[] = [];
    const stop = speech.onChange(() => told.push(speech.language()));
    speech.set("en");
    speech.prefer(["de"]);
    speech.set("system");
    speech.set("de");
    expect(speech.words().menu.quit).toBe("Callside beenden");
    speech.prefer(["en"]);
    speech.set("system");
    expect(told).toEqual(["de", "en"]);
    stop();
    speech.set("de");
    expect(told).toEqual(["de", "en"]);
  });
});

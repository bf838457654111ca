import type { desktopTexts as english } from "../en/desktop-texts.ts";
import type { Wording } from "../wording.ts";

/** About the program in its own window; loaded when it is wanted, as a panel in a browser has none of it. */
export const desktopTexts = {
  title: "Auf dem Desktop",
  fields: {
    dock: "Platz",
    alwaysOnTop: "Immer im Vordergrund",
    keepRunning: "Weiterlaufen, wenn das Fenster geschlossen ist",
    startAtLogin: "Bei der Anmeldung starten",
    notifications: "Mitteilungen, solange das Panel verborgen ist",
  },
  docks: { left: "Links", right: "Rechts", floating: "Frei" },
  hints: {
    dock: "Am Bildschirmrand oder dort, wo Sie es hinstellen.",
    alwaysOnTop: "Das Panel bleibt über anderen Fenstern.",
    keepRunning: {
      win32: "Sie finden es im Infobereich der Taskleiste.",
      darwin: "Sie finden es in der Menüleiste.",
      linux: "Sie finden es im Infobereich, oder Sie starten Callside noch einmal.",
    },
    notifications: "Das System meldet Vorschläge, die in dieser Zeit kommen.",
  },

  shortcuts: {
    title: "Tastenkürzel in jedem Programm",
    hint: "Sie wirken, gleich welches Programm vorn ist.",
    fields: { show: "Panel zeigen oder verbergen", copyFirst: "Besten Vorschlag kopieren", quiet: "Ruhemodus ein oder aus" },
    none: "Keins",
    press: "Drücken Sie die Tasten…",
    howTo: "Esc bricht ab, die Rücktaste entfernt das Kürzel.",
    reset: "Zurück zu den üblichen Tastenkürzeln",
    resetField: "Tastenkürzel",
    states: {
      off: "Keine Tasten",
      works: "Funktioniert",
      taken: "Ein anderes Programm hat diese Tasten.",
      clash: "Ein anderes Kürzel hat dieselben Tasten.",
      refused: "Dieser Desktop erlaubt Programmen keine globalen Tasten.",
    },
    sharedWith: (other) => `Auch vergeben für: ${other}`,
    refusals: {
      "no-modifier": (modifiers) => `Halten Sie dazu ${modifiers}: Eine Taste allein gehört dem, der gerade schreibt.`,
      "shift-alone": (modifiers) => `Die Umschalttaste allein genügt nicht: Halten Sie auch ${modifiers}.`,
      altgr: (modifiers) => `AltGr schreibt auf vielen Tastaturen Zeichen: Halten Sie stattdessen ${modifiers}.`,
      everyday: () => "Diese Tasten braucht jedes Programm selbst. Nehmen Sie eine weitere dazu, etwa die Umschalttaste.",
      unusable: () => "Diese Taste geht nicht: Nehmen Sie einen Buchstaben, eine Ziffer, eine F-Taste oder einen Pfeil.",
    },
    modifiers: { win32: "Strg, Alt oder Win", darwin: "⌘, ⌥ oder ⌃", linux: "Strg, Alt oder Super" },
  },

  updates: {
    title: "Aktualisierungen",
    version: (version) => `Callside ${version}`,
    off: "Aktualisierungen sind abgeschaltet",
    notLooked: "Noch nicht nach einer neuen Version gesucht",
    newest: "Es wurde nichts Neueres gefunden",
    held: (version) => `Version ${version} wird gerade verteilt`,
    comesLater: "Dieser Computer ist später an der Reihe.",
    lookedAt: (time) => `Gesucht um ${time}.`,
    checking: "Sucht nach einer neuen Version…",
    loading: (version, percent) => `Version ${version} wird geladen: ${percent}\u202F%`,
    ready: (version) => `Version ${version} ist bereit`,
    whenOver: "Sie wird installiert, wenn Ihr letztes Gespräch beendet ist.",
    restarts: "Callside schließt sich und ist gleich wieder da.",
    waiting: (version) => `Version ${version} wartet`,
    installing: (version) => `Version ${version} wird installiert…`,
    check: "Jetzt suchen",
    install: "Installieren und neu starten",
    installLater: "Nach dem Gespräch installieren",
    notNow: "Jetzt nicht",
    again: "Erneut versuchen",
    region: "Aktualisierung",
    progress: "Geladen",
  },
} satisfies Wording<typeof english>;

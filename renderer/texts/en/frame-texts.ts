import { plural } from "../plural.ts";

/** What stands around the views: notices, empty states, announcements, and the ways to what stands in front of them. */
export const frameTexts = {
  notices: { label: "Notices" },

  places: {
    label: "Views",
    menu: "My figures and history",
    mine: "My figures",
    withKey: (name: string, key: string): string => `${name} (g ${key})`,
    live: "Live",
    overview: "Overview",
    history: "History",
    workshop: "Workshop",
    simulations: "Simulations",
    bridge: "Bridge",
    integrations: "Integrations",
    practice: "Practice",
    waiting: (count: string): string => `${count} waiting for a decision`,
    loading: "Opening…",
    failed: "This view could not be loaded",
    failedHint: "Load the page again. If that does not help, start Callside again.",
    reload: "Load the page again",
  },

  health: {
    title: "What is wrong",
    ask: "What is wrong?",
    askHint: "Something does not work?",
    loading: "Opening…",
  },

  empty: {
    waitingTitle: "Ready for the next interaction",
    waitingHint: "As soon as a call or chat of yours begins, it opens here: what is said above, what you could say next below.",
    practiceTitle: "Practice mode",
    practiceHint: "A practice call starts in a moment. Copy a suggestion with the keys 1 to 3.",
    offTitle: "Agent assist is not set up",
    offHint: "Callside has no platform to listen to. Add the section “assist” to the configuration, and interactions will open here.",
    connectingTitle: "Connecting to the platform",
    connectingHint: "Interactions open here as soon as the stream is up.",
    lostTitle: "No connection to the platform",
    lostHint: "Callside keeps trying. Interactions open here as soon as it is back.",
    rejectedTitle: "The platform refused the connection",
    keys: "Keyboard shortcuts",
  },

  announce: {
    suggestion: (text: string): string => `Suggestion: ${text}`,
    suggestions: (count: number, text: string): string => `${count} suggestions. First: ${text}`,
    suggestionElsewhere: (name: string): string => `New suggestion for ${name}`,
    waiting: (count: number): string => plural(count, "suggestion waits", "suggestions wait"),
    opened: (name: string): string => `Interaction with ${name} opened`,
    ended: (name: string): string => `Interaction with ${name} ended`,
    connected: "Connected again",
    lost: "Connection lost, reconnecting",
    rejected: "The platform refused the connection",
    hostLost: "Callside is not running",
    tunnelRefused: "The tunnel was refused",
    tunnelDown: (what: string): string => `The tunnel is down: ${what}`,
    tunnelBack: "The tunnel is connected again",
    suiteRefused: (count: number): string => `The suite has ${plural(count, "problem", "problems")}`,
    batchBegun: (total: number): string => `The batch of ${plural(total, "case", "cases")} has begun`,
    batchFinished: (passed: number, total: number): string => `The batch is finished: ${passed} of ${total} passed`,
    batchCancelled: (done: number, total: number): string => `The batch is cancelled: ${done} of ${total} cases have run`,
    batchStopped: (what: string): string => `The batch has stopped: ${what}`,
  },

  help: { open: "Keyboard shortcuts" },
  settings: { open: "Settings" },
} as const;

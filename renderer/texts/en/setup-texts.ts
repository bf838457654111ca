import type { FaultCode } from "../../../shared/fault.ts";
import type { SetupStep, SetupSystem, SetupView } from "../../../shared/setup.ts";
import type { SetupSystemName, SetupTakes } from "../../../shared/setup-fields.ts";

type SecretName = SetupSystem["secrets"][number]["name"];
type Source = NonNullable<SetupSystem["secrets"][number]["source"]>;

interface FieldWords {
  readonly label: string;
  /** What it is, and where it is found. */
  readonly hint: string;
  readonly example: string;
}

const own = {
  tokenUrl: { label: "Token address", hint: "Where tokens are issued.", example: "https://login.example.com/oauth/token" },
  apiUrl: { label: "API address", hint: "What all requests begin with.", example: "https://api.example.com/api/v1" },
  socketUrl: { label: "Socket address", hint: "Where the socket is opened.", example: "wss://socket.example.com/events" },
} as const;

const again = "Press “Try again” to have it tried once more.";

/** About the first run. Loaded with it. */
export const setupTexts = {
  welcome: {
    title: "Welcome to Callside",
    intro: "Behind this card a practice call is under way. Nothing of it is real, and nothing reaches a customer.",
    practise: "Practise",
    practiseHint: "Go on with practice calls on the built-in platform. It needs no account, and you can connect later.",
    connect: "Connect",
    connectHint: "Enter the addresses and keys of your Cognigy and Genesys systems. Each is tried as you enter it.",
    again: "You find this again in the settings, under “Connections and practice”.",
  },

  title: "Connections",
  place: (at: number, of: number): string => `${at} of ${of}`,
  steps: "Systems",
  summary: "Summary",
  systems: {
    assist: { name: "Agent assist", does: "Hears the live interactions and brings suggestions. Most agents need only this one." },
    tunnel: { name: "Runtime tunnel", does: "A direct line to a bot's runtime, with its state and latency in the strip below." },
    bridge: { name: "Genesys bridge", does: "Carries chats between Genesys Cloud and the bot. One desk or one service answers; most desks leave this out." },
    integrations: { name: "Integrations", does: "For supervisors: define, try and register the REST services that a bot asks." },
    simulations: { name: "Simulations", does: "For supervisors: run suites of test talks against a bot." },
  } as const satisfies Readonly<Record<SetupSystemName, { readonly name: string; readonly does: string }>>,
  fields: {
    assist: {
      orgDomain: { label: "Organisation's domain", hint: "What stands between https:// and the next / when you are logged in to Cognigy.", example: "your-org.cognigy.ai" },
      agentId: { label: "Your agent id", hint: "Only this agent's interactions are shown then, and the panel is an agent's. Leave it empty for a supervisor.", example: "agent-204" },
      tokenUrl: own.tokenUrl,
      apiUrl: own.apiUrl,
      streamUrl: { label: "Stream address", hint: "Where the event stream is opened.", example: "wss://stream.example.com/agentassist" },
    },
    tunnel: {
      tenant: { label: "Tenant", hint: "The first part of your tenant's address, before .cognigy.com.", example: "your-tenant" },
      botId: { label: "Bot id", hint: "The id of the bot, from its settings in Cognigy.", example: "bot-billing" },
      channel: { label: "Channel", hint: "The channel that the bot must serve; webchat where this is empty.", example: "webchat" },
      ...own,
    },
    bridge: {
      orgId: { label: "Organisation id", hint: "In Genesys Cloud under Admin, Account Settings, Organization Settings.", example: "5f9c7a3e-0000-0000-0000-000000000000" },
      region: { label: "Region", hint: "The end of the address at which you log in to Genesys Cloud; mypurecloud.com where this is empty.", example: "mypurecloud.de" },
      dialogUrl: { label: "Dialog address of the bot", hint: "The whole address that a customer's message is sent on to.", example: "https://your-org.cognigy.ai/api/v2/dialogs/start" },
      scope: { label: "What this desk answers", hint: "Nothing is answered from this desk unless one is chosen.", example: "" },
      agentId: { label: "Agent id in Genesys", hint: "Needed where only one agent's conversations are answered.", example: "6a2f1c9d" },
      ...own,
    },
    integrations: {
      tenantUrl: { label: "Tenant's address", hint: "The whole address of your tenant, with https://.", example: "https://your-tenant.cognigy.ai" },
      tokenUrl: own.tokenUrl,
      apiUrl: own.apiUrl,
    },
    simulations: {
      environment: { label: "Environment", hint: "The host of the platform; api.cognigy.com where this is empty.", example: "api.cognigy.com" },
      tokenUrl: own.tokenUrl,
      apiUrl: own.apiUrl,
    },
  } as const satisfies Readonly<Record<SetupSystemName, Readonly<Record<string, FieldWords>>>>,
  choices: { none: "Nothing", organisation: "Every conversation of the organisation", agent: "One agent's conversations" },
  optional: "optional",
  own: "Addresses of your own",
  ownHint: "Only where your platform is not at the usual addresses, such as in a private cloud.",

  secrets: {
    title: "Keys",
    hint: "Each goes to this computer's key store as soon as you paste it, and never comes back to this page. Blanks and line ends are taken off.",
    memoryHint: "Each is held in memory as soon as you paste it, until Callside ends, and never comes back to this page. Blanks and line ends are taken off.",
    shared: "One pair serves all Cognigy systems.",
    names: {
      COGNIGY_CLIENT_ID: { label: "Client id", hint: "In the Cognigy administration, where API clients are listed." },
      COGNIGY_CLIENT_SECRET: { label: "Client secret", hint: "Shown there once, when the client is made." },
      GENESYS_CLIENT_ID: { label: "Genesys client id", hint: "In Genesys Cloud under Admin, Integrations, OAuth: a client with the client credentials grant." },
      GENESYS_CLIENT_SECRET: { label: "Genesys client secret", hint: "Of the same client." },
      COGNIGY_API_KEY: { label: "Cognigy API key", hint: "In your Cognigy profile, under API keys. It is not tried: that would be a message to the bot." },
    } as const satisfies Readonly<Record<SecretName, { readonly label: string; readonly hint: string }>>,
    scopes: (scopes: string): string => `The client needs these permissions: ${scopes}.`,
    sources: {
      "key-store": "Kept in the key store",
      memory: "Kept until Callside ends",
      environment: "Given by the environment",
    } as const satisfies Readonly<Record<Source, string>>,
    missing: "Not entered yet",
    replace: "Paste another to replace it",
    paste: "Paste it here",
    storing: "Storing…",
    failed: "It was not stored.",
    memoryTitle: (why: string): string => (why === "" ? "Keys cannot be kept on this computer." : `Keys cannot be kept on this computer: ${why.replace(/\.$/u, "")}.`),
    memory: "They hold until Callside ends. To have them at the next start too, let your administrator set them as environment variables.",
  },

  fixed: {
    machine: (reason: string): string => (reason === "" ? "Set by IT for this computer." : `Set by IT for this computer: ${reason}`),
    environment: (name: string): string => `Set by the environment variable ${name}.`,
    flag: (name: string): string => `Set by ${name} at the start.`,
    unknown: "set, not shown",
  },

  problem: (found: string, allowed: string): string => `Found ${found}. Allowed: ${allowed}.`,
  nothing: "nothing",
  quoted: (typed: string): string => `“${typed}”`,
  allowed: {
    host: "a host name without https:// and without a path, such as your-org.cognigy.ai",
    tenant: "the tenant's name: letters, digits, hyphens and dots",
    botId: "the id of a bot, at most 200 characters, other than . and ..",
    text: "a text of at most 200 characters (a channel: 100)",
    https: "an address that begins with https:// (http:// only for this machine), without user name and password",
    wss: "an address that begins with wss:// (ws:// only for this machine), without user name and password",
  } as const satisfies Readonly<Record<SetupTakes, string>>,
  orAddresses: (allowed: string): string => `${allowed}, or all addresses of your own in its place`,
  agentId: {
    assist: "the id of the agent at this desk, because the role here is agent",
    bridge: "the id of the agent whose conversations are answered",
  },
  problemElsewhere: "Something else in the configuration has to be mended first.",

  trial: {
    title: "Trial",
    untried: "It is tried by itself once everything that it needs is there.",
    trying: (step: string): string => `Trying: ${step}…`,
    works: "It works.",
    fails: (step: string): string => `It stops at: ${step}.`,
    again: "Try again",
    steps: {
      name: "name",
      reach: "reach",
      certificate: "certificate",
      token: "sign-in",
      scope: "permissions",
      connection: "connection",
    } as const satisfies Readonly<Record<SetupStep, string>>,
    done: (step: string): string => `${step}: good`,
    bad: (step: string): string => `${step}: failed`,
    open: (step: string): string => `${step}: not tried yet`,
    here: "The trial points here:",
    /** Where the error table says that it is tried again by itself: here a person does that. */
    remedies: {
      timeout: `${again} If it stays, report when it began.`,
      "rate-limited": "Wait a little, then press “Try again”. If it comes often, ask for a higher quota.",
      "server-error": `${again} If it stays, tell your supervisor.`,
      "runtime-refused": `${again} If it stays, give the words found to your administrator.`,
      "circuit-open": "Wait half a minute, then press “Try again”.",
      "bot-inactive": "Ask your administrator to activate the bot on the platform, then press “Try again”.",
      "channel-missing": "Ask your administrator to enable the channel for the bot, or correct the channel above. Then press “Try again”.",
      "session-limit": `${again} If it stays, ask your administrator to end idle sessions or to raise tunnel.maxConcurrent.`,
      "socket-lost": again,
      "socket-abnormal": `${again} If it keeps happening, ask your administrator to check proxy, port 443 and protocol version.`,
      "socket-silent": again,
      "closed-by-peer": again,
    } satisfies Partial<Readonly<Record<FaultCode, string>>>,
  },

  kept: {
    no: "Not connected",
    saved: "In use",
    changed: "Changed, not saved",
  } as const satisfies Readonly<Record<SetupSystem["kept"], string>>,
  save: "Save and connect",
  saveUntried: "Save although it was not tried",
  saveFailing: "Save although it fails",
  saved: (system: string): string => `${system} is in use now.`,
  savedUndone: (system: string): string => `${system} is as it was before.`,
  undo: "Undo",
  back: "Back",
  next: "Next",
  skip: "Skip",
  failed: "That did not work.",
  draft: "What you type is kept, also when Callside ends now.",
  draftTrouble: "What you type is not kept beyond this run.",

  done: {
    title: "What is connected",
    none: "Nothing is connected yet.",
    file: (path: string): string => `Written to ${path}`,
    open: "Open the panel",
    practise: "Practise instead",
    practiseHint: "Goes back to practice calls. What is saved stays, and is used again at the next start.",
  },
  why: {
    unconfigured: "Nothing is connected yet. Each system is optional.",
    asked: "Each system is optional. What is in use stays so until you save something else.",
  } as const satisfies Readonly<Record<SetupView["why"], string>>,
} as const;

import type { Command } from "./command.ts";

/** A command as the table knows it: its work is loaded only when it is asked for, so that each starts fast. */
export interface CommandRow {
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Every command by name (design 6). */
export const commandTable: Readonly<Record<string, CommandRow>> = {
  open: {
    summary: "Show the panel in this machine's browser.",
    load: async () => {
      const [{ openCommand }, { openLoopbackPanel }, { launchBrowser }] = await Promise.all([
        import("./open.ts"),
        import("./open-panel.ts"),
        import("./launch-browser.ts"),
      ]);
      return openCommand(openLoopbackPanel, launchBrowser);
    },
  },
  assist: {
    summary: "Listen to interactions and print suggestions, without a panel.",
    load: async () => {
      const [{ assistCommand }, { openAssist }] = await Promise.all([import("./assist.ts"), import("./open-headless.ts")]);
      return assistCommand(openAssist);
    },
  },
  tunnel: {
    summary: "Open the tunnel to the bot's runtime and print its events; --once tells whether it works.",
    load: async () => {
      const [{ tunnelCommand }, { openTunnel }] = await Promise.all([import("./tunnel.ts"), import("./open-headless.ts")]);
      return tunnelCommand(openTunnel);
    },
  },
  bridge: {
    summary: "Answer the chats of Genesys Cloud by the bot, as a service; --replay-dead-letters works off what could not be answered.",
    load: async () => {
      const [{ bridgeCommand }, { openBridge }] = await Promise.all([import("./bridge.ts"), import("./open-headless.ts")]);
      return bridgeCommand(openBridge);
    },
  },
  simulate: {
    summary: "Run a suite of simulations against the bot; say what passed and what the suite covers.",
    load: async () => {
      const [{ simulateCommand }, { openSimulate }] = await Promise.all([import("./simulate.ts"), import("./open-headless.ts")]);
      return simulateCommand(openSimulate);
    },
  },
  "simulate schema": {
    summary: "Print the JSON Schema of suites, for editors.",
    load: async () => (await import("./simulate-schema.ts")).simulateSchema,
  },
  "simulate convert": {
    summary: "Print an interaction of the history as cases of a suite, personal data masked.",
    load: async () => (await import("./simulate-convert.ts")).simulateConvert,
  },
  "integrate check": {
    summary: "Check the definition of an integration, without configuration or network.",
    load: async () => (await import("./integrate-check.ts")).integrateCheck,
  },
  "integrate register": {
    summary: "Register an integration with the platform.",
    load: async () => {
      const [{ integrateRegister }, { openIntegrate }] = await Promise.all([import("./integrate-register.ts"), import("./open-headless.ts")]);
      return integrateRegister(openIntegrate);
    },
  },
  "integrate run": {
    summary: "Run an integration against its service and show what the bot would get.",
    load: async () => {
      const [{ integrateRun }, { openIntegrate }] = await Promise.all([import("./integrate-run.ts"), import("./open-headless.ts")]);
      return integrateRun(openIntegrate);
    },
  },
  "integrate schema": {
    summary: "Print the JSON Schema of integrations, for editors.",
    load: async () => (await import("./integrate-schema.ts")).integrateSchema,
  },
  "secret put": {
    summary: "Store a secret in this system's key store; the value comes from the terminal, unseen, or from stdin.",
    load: async () => {
      const [{ secretPut }, { openSecretVault }] = await Promise.all([import("./secret-put.ts"), import("./secret-vault.ts")]);
      return secretPut(openSecretVault);
    },
  },
  "secret delete": {
    summary: "Delete a secret from this system's key store.",
    load: async () => {
      const [{ secretDelete }, { openSecretVault }] = await Promise.all([import("./secret-delete.ts"), import("./secret-vault.ts")]);
      return secretDelete(openSecretVault);
    },
  },
  "secret list": {
    summary: "List the secrets of this system's key store by name.",
    load: async () => {
      const [{ secretList }, { openSecretVault }] = await Promise.all([import("./secret-list.ts"), import("./secret-vault.ts")]);
      return secretList(openSecretVault);
    },
  },
  "audit verify": {
    summary: "Check that the audit files are whole.",
    load: async () => (await import("./audit-verify.ts")).auditVerify,
  },
  "config check": {
    summary: "Check the configuration.",
    load: async () => (await import("./config-check.ts")).configCheck,
  },
  "config schema": {
    summary: "Print the JSON Schema of the configuration, for editors.",
    load: async () => (await import("./config-schema.ts")).configSchema,
  },
  doctor: {
    summary: "Say what is wrong: try the configuration, what is kept, and each system from its name to its answer.",
    load: async () => {
      const [{ doctorCommand }, { doctorSources }, { openSecretVault }, { runHealth }] = await Promise.all([
        import("./doctor.ts"),
        import("./doctor-sources.ts"),
        import("./secret-vault.ts"),
        import("../app/health-run.ts"),
      ]);
      return doctorCommand(doctorSources(openSecretVault), runHealth);
    },
  },
  sandbox: {
    summary: "Run the practice platform on this machine.",
    load: async () => (await import("./sandbox.ts")).sandbox,
  },
};

/** What is said of the supervisor's commands to whoever asks in role `agent`, in the panel and on the command line. */
export const supervisorWords = {
  integrations: "integrations are made in role supervisor",
  simulations: "simulations are run in role supervisor",
} as const;

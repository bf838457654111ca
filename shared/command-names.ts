/**
 * Every command that the panel can give, by name. Kept apart from the schemas so that the preload script and the
 * renderer carry the names without carrying a schema library.
 */
export const commandNames = [
  "panel.snapshot",
  "interaction.close",
  "suggestion.record",
  "suggestion.pin",
  "suggestions.reveal",
  "connection.retry",
  "simulations.load",
  "simulations.example",
  "simulations.run",
  "simulations.cancel",
  "simulations.case",
  "simulations.pin",
  "simulations.export",
  "bridge.answerer",
  "bridge.send",
  "bridge.undo",
  "bridge.send-again",
  "bridge.settle",
  "bridge.replay",
  "bridge.discard",
  "integrations.example",
  "integrations.open",
  "integrations.check",
  "integrations.import",
  "integrations.save",
  "integrations.delete",
  "integrations.try",
  "integrations.map",
  "integrations.keep-fixture",
  "integrations.drop-fixture",
  "integrations.register",
  "secrets.put",
  "secrets.delete",
  "secrets.test",
  "settings.change",
  "notice.dismiss",
] as const;

export type CommandName = (typeof commandNames)[number];

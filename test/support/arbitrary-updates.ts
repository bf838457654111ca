import * as fc from "fast-check";
import { MAX_INTERACTIONS } from "../../shared/panel-state.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import { openInteraction, sampleSet, sampleSettings, sampleTrigger, sampleTunnel, say, showSet } from "./sample-panel.ts";

/** Few enough to meet again, and now and then more than a panel holds, so that some are let go. */
const interactionId = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("a", "b", "c") },
  { weight: 1, arbitrary: fc.nat(MAX_INTERACTIONS + 5).map((number) => `i${number}`) },
);
const small = fc.nat(4);

/** Any update, about subjects that recur often. */
export const arbitraryUpdate: fc.Arbitrary<PanelUpdate> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(interactionId, fc.boolean()).map(([id, live]) => openInteraction(id, live ? "live" : "ended")) },
  {
    weight: 8,
    arbitrary: fc.tuple(interactionId, small, fc.string(), fc.option(small, { nil: undefined })).map(([id, number, text, sequence]) =>
      say(id, `u${number}`, text, sequence === undefined ? {} : { sequence }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(interactionId, small).map(([id, order]) => showSet(sampleSet(id, `s${order}`, [`s${order}.1`, `s${order}.2`], { order }))),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(interactionId, small, fc.boolean()).map(([id, number, asked]) => ({
      kind: "pending" as const,
      interactionId: id,
      pending: asked ? { setId: `s${number}`, trigger: sampleTrigger, since: number } : null,
    })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(interactionId, small, fc.boolean()).map(([id, number, pinned]) => ({
      kind: "card" as const,
      interactionId: id,
      suggestionId: `s${number}.1`,
      patch: { pinned },
    })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom("stream" as const, "tunnel" as const), fc.nat()).map(([name, since]) => ({
      kind: "connection" as const,
      name,
      state: { kind: "connected" as const, since },
      lastHeardAt: since,
    })),
  },
  { weight: 1, arbitrary: fc.option(fc.nat()).map((latencyMs) => ({ kind: "tunnel" as const, tunnel: latencyMs === null ? null : sampleTunnel(latencyMs) })) },
  { weight: 1, arbitrary: interactionId.map((id) => ({ kind: "interaction-closed" as const, interactionId: id })) },
  {
    weight: 1,
    arbitrary: fc.tuple(small, fc.string()).map(([id, what]) => ({
      kind: "notice" as const,
      notice: { id: `n${id}`, level: "warning" as const, what, effect: "", remedy: "", since: 0 },
    })),
  },
  { weight: 1, arbitrary: small.map((id) => ({ kind: "notice-cleared" as const, id: `n${id}` })) },
  {
    weight: 1,
    arbitrary: fc.boolean().map((quiet) => ({
      kind: "settings" as const,
      settings: { ...sampleSettings, display: { ...sampleSettings.display, quiet } },
    })),
  },
);

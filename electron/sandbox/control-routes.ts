import { z } from "zod";
import { checkFault, isFaultName, type FaultBoard, type FaultSetting } from "./faults.ts";
import type { InjectedLine } from "./playback.ts";
import { json, readJson, refusal, type Route } from "./routes.ts";

const faultsBodySchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

const saySchema = z.strictObject({
  interactionId: z.string().min(1).max(200).optional(),
  text: z.string().min(1).max(10_000),
  speaker: z.enum(["agent", "customer", "caller"]).optional(),
  sentimentScore: z.number().min(-1).max(1).optional(),
});

export interface ControlOptions {
  readonly faults: FaultBoard;
  readonly say: (line: InjectedLine) => { readonly interactionId: string; readonly utteranceId: string };
  readonly stats: () => Readonly<Record<string, number | null>>;
}

/** How the sandbox is steered while it runs; everything wrong in a body is told at once, with status 400. */
export function createControlRoutes({ faults, say, stats }: ControlOptions): readonly Route[] {
  return [
    { method: "GET", path: "/sandbox/faults", handle: () => json(200, faults.settings) },
    {
      method: "POST",
      path: "/sandbox/faults",
      handle(request) {
        const body = readJson(request);
        if (!body.ok) return refusal(400, body.error);
        const asked = faultsBodySchema.safeParse(body.value);
        if (!asked.success) return refusal(400, 'body: allowed is an object {"name": value, ...}, null clears a fault');
        const changes = Object.entries(asked.data).map(([name, value]) => readChange(name, value));
        const wrong = changes.flatMap((change) => (change.kind === "wrong" ? [change.error] : []));
        if (wrong.length > 0) return refusal(400, wrong.join("; "));
        for (const change of changes) {
          if (change.kind === "set") faults.set(change.setting);
          else if (change.kind === "clear") faults.clear(change.name);
        }
        return json(200, faults.settings);
      },
    },
    {
      method: "POST",
      path: "/sandbox/say",
      handle(request) {
        const body = readJson(request);
        if (!body.ok) return refusal(400, body.error);
        const line = saySchema.safeParse(body.value);
        return line.success ? json(200, say(line.data)) : refusal(400, z.prettifyError(line.error));
      },
    },
    { method: "GET", path: "/sandbox/stats", handle: () => json(200, stats()) },
  ];
}

type Change =
  | { readonly kind: "set"; readonly setting: FaultSetting }
  | { readonly kind: "clear"; readonly name: FaultSetting["name"] }
  | { readonly kind: "wrong"; readonly error: string };

function readChange(name: string, value: string | number | boolean | null): Change {
  if ((value === null || value === false) && isFaultName(name)) return { kind: "clear", name };
  const checked = checkFault(name, value ?? "null");
  return checked.ok ? { kind: "set", setting: checked.value } : { kind: "wrong", error: checked.error };
}

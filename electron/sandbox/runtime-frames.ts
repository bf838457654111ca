import { z } from "zod";

/** What a client may send (contract 1.2, 1.4, 1.5). Further keys are let be. */
const frameSchemas = {
  CONNECT: z.object({
    type: z.literal("CONNECT"),
    botId: z.string().min(1),
    channel: z.string().min(1),
    protocolVersion: z.string().min(1),
    authToken: z.string().min(1),
    metadata: z.record(z.string(), z.unknown()).default({}),
  }),
  REFRESH_TOKEN: z.object({ type: z.literal("REFRESH_TOKEN"), botId: z.string().min(1), authToken: z.string().min(1) }),
  CHANNEL_PROBE: z.object({ type: z.literal("CHANNEL_PROBE"), botId: z.string().min(1) }),
  DISCONNECT: z.object({ type: z.literal("DISCONNECT"), botId: z.string().min(1) }),
} as const;

export type ConnectFrame = z.infer<typeof frameSchemas.CONNECT>;
export type RefreshFrame = z.infer<typeof frameSchemas.REFRESH_TOKEN>;
export type RuntimeFrame =
  | ConnectFrame
  | RefreshFrame
  | z.infer<typeof frameSchemas.CHANNEL_PROBE>
  | z.infer<typeof frameSchemas.DISCONNECT>;

/** A frame, or what is wrong with it in words that quote no value; `type` where it names a known one. */
export type FrameReading =
  | { readonly ok: true; readonly frame: RuntimeFrame }
  | { readonly ok: false; readonly type: RuntimeFrame["type"] | null; readonly message: string };

const typeSchema = z.object({ type: z.enum(["CONNECT", "REFRESH_TOKEN", "CHANNEL_PROBE", "DISCONNECT"]) });

/** Reads what a client sent, as the runtime insists on it. */
export function readRuntimeFrame(data: Buffer, isBinary: boolean): FrameReading {
  if (isBinary) return { ok: false, type: null, message: "found a binary frame, allowed: JSON in a text frame" };
  let value: unknown;
  try {
    value = JSON.parse(data.toString("utf8"));
  } catch {
    return { ok: false, type: null, message: "the frame is not valid JSON" };
  }
  const typed = typeSchema.safeParse(value);
  if (!typed.success) return { ok: false, type: null, message: `type: allowed: ${Object.keys(frameSchemas).join(", ")}` };
  const { type } = typed.data;
  const read = frameSchemas[type].safeParse(value);
  if (read.success) return { ok: true, frame: read.data };
  const problems = read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  return { ok: false, type, message: `${type}: ${problems.join("; ")}` };
}

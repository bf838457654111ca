import { z } from "zod";

/** Events that the numbering shows to be missing since the start, and those of them that came after all. */
export const gapsSchema = z.strictObject({ missed: z.number().int().nonnegative(), recovered: z.number().int().nonnegative() });

export type Gaps = z.infer<typeof gapsSchema>;

import { z } from "zod";
import { isRecord } from "./needs.ts";

const MAX_SHOWN = 60;

/** What is found where no value stands. */
export const NOTHING = "nothing";

/** The part of a JSON Schema that says in words what is allowed. */
const nodeSchema = z.object({
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  patternErrorMessage: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
});

export type SchemaNode = z.infer<typeof nodeSchema>;

/** The node of a JSON Schema that a configuration path leads to, or null where there is none. */
export function schemaNode(root: unknown, path: readonly PropertyKey[]): SchemaNode | null {
  const node = nodeSchema.safeParse(root);
  if (!node.success) return null;
  const [step, ...rest] = path;
  if (step === undefined) return node.data;
  for (const option of node.data.anyOf ?? []) {
    const found = schemaNode(option, path);
    if (found !== null) return found;
  }
  if (typeof step === "number") return node.data.items === undefined ? null : schemaNode(node.data.items, rest);
  const properties = node.data.properties ?? {};
  return typeof step === "string" && Object.hasOwn(properties, step) ? schemaNode(properties[step], rest) : null;
}

/** What a node of the JSON Schema allows, in words: "a number from 0 to 1". */
export function describeAllowed(node: SchemaNode): string {
  if (node.patternErrorMessage !== undefined) return node.patternErrorMessage;
  if (node.enum !== undefined) return node.enum.map((one) => JSON.stringify(one)).join(" or ");
  if (node.anyOf !== undefined) return node.anyOf.map((one) => describeAllowed(nodeSchema.parse(one))).join(", or ");
  switch (node.type) {
    case "number":
      return `a number${range(node)}`;
    case "integer":
      return `a whole number${range(node)}`;
    case "string":
      return `text${lengths(node.minLength, node.maxLength, "characters")}`;
    case "boolean":
      return "true or false";
    case "null":
      return "null";
    case "array":
      return `a list${lengths(node.minItems, node.maxItems, "entries")}${node.items === undefined ? "" : `, each ${describeAllowed(nodeSchema.parse(node.items))}`}`;
    case "object":
      return `an object with the keys ${Object.keys(node.properties ?? {}).join(", ")}`;
    case undefined:
    default:
      return "another value";
  }
}

/**
 * What was found, in words and cut short. What may be a secret is described, not shown: tokens, keys, the user name,
 * password and query of an address, and whatever stands in `secrets`.
 */
export function describeFound(value: unknown, secrets: readonly string[]): string {
  if (value === undefined) return NOTHING;
  if (Array.isArray(value)) return value.length === 1 ? "a list of 1 entry" : `a list of ${value.length} entries`;
  if (isRecord(value)) return "an object";
  if (typeof value !== "string") return JSON.stringify(value);
  if (looksSecret(value) || secrets.some((secret) => value.includes(secret))) return `a text of ${value.length} characters that looks like a secret`;
  const shown = withoutCredentials(value);
  return JSON.stringify(shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN)}…` : shown);
}

/** The values of all variables of the environment whose name says that they are secret. */
export function secretValues(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(env).flatMap(([name, value]) =>
    /SECRET|TOKEN|PASSWORD|API_KEY/i.test(name) && value !== undefined && value.length >= 4 ? [value] : [],
  );
}

/** Keys of a shortcut, rightly spelled or nearly; they are long, with a digit, and joined by a sign that keys have too. */
const SHORTCUT = /^(?:[a-z]+\+)*(?:ctrl|control|cmd|command|cmdorctrl|commandorcontrol|alt|altgr|option|shift|super|meta|win|windows)\+(?:[a-z]+\+)*[a-z0-9]{0,10}$/i;

function looksSecret(text: string): boolean {
  if (SHORTCUT.test(text)) return false;
  if (/^bearer\s/i.test(text) || text.startsWith("eyJ")) return true;
  // Long, without spaces or dots, with letters and digits mixed: the look of a generated key.
  return /^[A-Za-z0-9_+/=-]{24,}$/.test(text) && /[A-Za-z]/.test(text) && /\d/.test(text);
}

function withoutCredentials(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/?#@]*@/i, "$1…@").replace(/[?#].*$/s, "?…");
}

function range(node: SchemaNode): string {
  const { minimum, maximum, exclusiveMinimum } = node;
  const least = exclusiveMinimum === undefined ? undefined : `above ${exclusiveMinimum}`;
  if (least !== undefined) return maximum === undefined ? ` ${least}` : ` ${least} and at most ${maximum}`;
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  return maximum === undefined ? "" : ` of at most ${maximum}`;
}

function lengths(least: number | undefined, most: number | undefined, unit: string): string {
  if (least !== undefined && most !== undefined) return ` of ${least} to ${most} ${unit}`;
  if (least !== undefined) return ` of at least ${least} ${unit}`;
  return most === undefined ? "" : ` of at most ${most} ${unit}`;
}

import { parseAst } from "vite";
import type { StaticFiles } from "../../electron/host/static-files.ts";

/** How much longer a text becomes than it is in English. */
const LONGER_BY = 0.4;
const CATALOGUE = /^\/assets\/(?:general|[a-z-]+-texts)-[\w-]+\.js$/u;

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

/** Every word longer, as German's are: the panel in a language of long words. */
export function longer(text: string): string {
  return text.replaceAll(/\p{L}{3,}/gu, (word) => `${word}${word.slice(0, Math.ceil(word.length * LONGER_BY)).toLocaleLowerCase()}`);
}

/** Where a file's texts stand: the values of its objects and what its functions give, and no text that is compared or names something. */
function textsIn(value: unknown, isSaid: boolean): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one, isSaid));
  if (!isNode(value)) return [];
  switch (value.type) {
    case "Literal":
      return isSaid && typeof value["value"] === "string" ? [value] : [];
    case "TemplateLiteral":
      return [...(isSaid ? (value["quasis"] as readonly Node[]) : []), ...textsIn(value["expressions"], false)];
    case "Property":
      return textsIn(value["value"], true);
    case "ConditionalExpression":
      return [...textsIn(value["test"], false), ...textsIn(value["consequent"], isSaid), ...textsIn(value["alternate"], isSaid)];
    case "CallExpression":
      // The forms of a count, such as plural(3, "line", "lines"); what a method is given is no text.
      return textsIn(value["arguments"], isNode(value["callee"]) && value["callee"].type === "Identifier");
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "BinaryExpression":
    case "MemberExpression":
      return [];
    default:
      return Object.entries(value).flatMap(([key, one]) => textsIn(one, isSaid && key !== "callee" && key !== "params"));
  }
}

function lengthened(code: string): string {
  let text = code;
  for (const { type, start, end } of [...textsIn(parseAst(code), false)].sort((a, b) => b.start - a.start)) {
    // Within a template a part's place may take the marks around it along; they hold no words.
    const said = text.slice(start, end);
    text = text.slice(0, start) + (type === "Literal" || type === "TemplateElement" ? said.replaceAll(/(?<!\\)(?:\\u[\da-f]{4}|\\n)|[^\\]+/giu, (part) => (part.startsWith("\\") ? part : longer(part))) : said) + text.slice(end);
  }
  return text;
}

/** The built panel with every text of its catalogue longer. */
export function withLongerTexts(files: StaticFiles): StaticFiles {
  return {
    find(path) {
      const file = files.find(path);
      if (file === undefined || !CATALOGUE.test(path)) return file;
      return { ...file, body: new TextEncoder().encode(lengthened(new TextDecoder().decode(file.body))) };
    },
  };
}

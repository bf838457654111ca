import { formatCount } from "../ui/format.ts";
import { locale } from "./language.ts";

const rules = new Intl.PluralRules(locale);

/** A count with its noun, its thousands apart: `1 line`, `3 lines`, `1,200 lines`. */
export function plural(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${rules.select(count) === "one" ? one : many}`;
}

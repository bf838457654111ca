import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

/**
 * What axe finds wrong with the page as it stands, one line per rule with the elements concerned. Takes the script past
 * the page's content security policy, as the browser's own tools do.
 */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(source);
  const { violations } = await page.evaluate(async () => {
    const axe = Reflect.get(globalThis, "axe") as { readonly run: () => Promise<AxeResults> };
    return axe.run();
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

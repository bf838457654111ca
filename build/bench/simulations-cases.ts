import type { SimulationCase, Suite } from "../../shared/simulation.ts";
import { spokenTexts } from "./texts.ts";

/** A suite of so many cases, each with everything that can be expected; the platform for measurements meets it all. */
export function benchSuite(count: number): Suite {
  const texts = spokenTexts();
  return {
    name: "bench",
    expected_flows: ["flow_greeting", "flow_order_status"],
    cases: Array.from({ length: count }, (_, index): SimulationCase => {
      const number = index + 1;
      return {
        test_id: `test_order_${number}`,
        user_id: `usr_${number}`,
        platform: "web",
        utterance: texts[index % texts.length] ?? "",
        session_context: { language: "en", authenticated: true },
        expected_outcome: { intent: "check_order", entities: { order_id: `ORD_${number}` }, next_flow: "flow_order_status", response_contains: "your order" },
        tags: ["orders"],
      };
    }),
  };
}

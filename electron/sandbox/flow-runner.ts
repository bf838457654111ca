import { factOf } from "./shop/flows.ts";
import type { Facts, Flow, Step } from "./shop/flow.ts";

/** What a flow did in one turn. */
export interface FlowTurn {
  readonly flowId: string;
  readonly output?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

/** A walk through the flows. `broken`: it ended by a fault of a flow. `thinksMs`: what its flows take longer than others. */
export interface FlowWalk {
  readonly turns: readonly FlowTurn[];
  readonly broken: boolean;
  readonly thinksMs: number;
}

type Next = { readonly kind: "done" } | { readonly kind: "go"; readonly flow: string } | { readonly kind: "broken" };

/** Walks from `start` to the end of the conversation. No flow is entered twice. */
export function walkFlows(flows: ReadonlyMap<string, Flow>, start: string, facts: Facts): FlowWalk {
  const turns: FlowTurn[] = [];
  const entered = new Set<string>();
  let thinksMs = 0;
  let next: Next = { kind: "go", flow: start };
  while (next.kind === "go" && !entered.has(next.flow)) {
    const id: string = next.flow;
    entered.add(id);
    const flow = flows.get(id);
    if (flow === undefined || !flow.deployed) {
      turns.push({ flowId: id, errorCode: "FLOW_NOT_DEPLOYED", errorMessage: `Flow ${id} is not deployed.` });
      break;
    }
    thinksMs += flow.thinksMs;
    next = takeSteps(flow.id, flow.steps, facts, turns);
  }
  return { turns, broken: next.kind === "broken", thinksMs };
}

function takeSteps(flowId: string, steps: readonly Step[], facts: Facts, turns: FlowTurn[]): Next {
  for (const step of steps) {
    switch (step.kind) {
      case "say":
        turns.push({ flowId, output: filled(step.text, facts) });
        break;
      case "ask":
        if (factOf(facts, step.entity) !== null) break;
        turns.push({ flowId, output: filled(step.text, facts) });
        return { kind: "done" };
      case "when":
        if (step.holds(facts)) return takeSteps(flowId, step.steps, facts, turns);
        break;
      case "go":
        return { kind: "go", flow: step.flow };
      case "break":
        turns.push({ flowId, errorCode: step.code, errorMessage: step.message });
        return { kind: "broken" };
      default:
        step satisfies never;
    }
  }
  return { kind: "done" };
}

function filled(text: string, facts: Facts): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(factOf(facts, name) ?? ""));
}

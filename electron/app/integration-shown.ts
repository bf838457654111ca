import { assertNever } from "../../shared/assert-never.ts";
import type { Fault } from "../../shared/fault.ts";
import type { JsonValue } from "../../shared/integration.ts";
import type { Mapped, TryResult } from "../../shared/integration-view.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { RunResult } from "../integrations/integrations.ts";
import type { MappingFault } from "../integrations/mapping-fault.ts";
import type { MappedResponse } from "../integrations/mapping.ts";
import { maskRequest } from "../integrations/request-masking.ts";

/** What a person can read, and a page can hold. */
const MAX_TEXT = 100_000;

/** A run as the panel shows it. A run that sent nothing is the fault that kept it from it. Nothing in it holds the secret. */
export function shownRun(tryId: string, result: RunResult): Result<TryResult, Fault> {
  switch (result.kind) {
    case "done":
    case "unmapped": {
      const { statusCode, headers, bytes, latencyMs, attempts } = result.execution;
      const body = shownText(result.execution.body);
      const mapped = shownMapping(result.kind === "done" ? ok(result.mapped) : err(result.fault));
      return ok({
        tryId,
        request: maskRequest(result.request),
        attempts,
        latencyMs,
        outcome: { kind: "answered", statusCode, headers: headers.map(({ name, value }) => ({ name, value })), body: body.text, bytes, cut: body.cut, mapped },
      });
    }
    case "failed": {
      const { fault, statusCode, body, latencyMs, attempts } = result.failure;
      if (result.request === null) return err(fault);
      return ok({ tryId, request: maskRequest(result.request), attempts, latencyMs, outcome: { kind: "failed", fault, statusCode, body } });
    }
    default:
      return assertNever(result);
  }
}

/** What a mapping made of a body, as the panel shows it. */
export function shownMapping(mapped: Result<MappedResponse, MappingFault>): Mapped {
  if (!mapped.ok) return { kind: "refused", message: mapped.error.message, path: mapped.error.path };
  const extracted = shownText(mapped.value.extracted);
  const normalized = shownText(mapped.value.normalized);
  return { kind: "mapped", extracted: extracted.text, normalized: normalized.text, cut: extracted.cut || normalized.cut };
}

function shownText(value: JsonValue): { readonly text: string; readonly cut: boolean } {
  const text = JSON.stringify(value, null, 2);
  return text.length > MAX_TEXT ? { text: text.slice(0, MAX_TEXT), cut: true } : { text, cut: false };
}

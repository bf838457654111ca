import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { IntegrationsBench } from "../app/integrations-bench.ts";
import type { HeadlessPorts } from "./headless.ts";

/** What the commands of integrations need of the running program. */
export type IntegratePorts = Omit<HeadlessPorts, "onConnection">;

/** The running program. Disposing closes it in order; what the webhook has not heard by then it hears, for 5 s at most. */
export interface IntegrateService extends AsyncDisposable {
  readonly bench: Pick<IntegrationsBench, "run" | "register">;
}

/** Starts the program without a panel and with nothing but integrations; a fault where it cannot begin. */
export type OpenIntegrate = (ports: IntegratePorts) => Promise<Result<IntegrateService, Fault>>;

import { useState } from "react";
import { createIntegrationActions, type IntegrationActions } from "../integration-actions.ts";
import { useActions } from "../panel-context.tsx";

/** What can be done with integrations, bound when the view is opened. */
export function useIntegrationActions(): IntegrationActions {
  const { give } = useActions();
  const [actions] = useState(() => createIntegrationActions(give));
  return actions;
}

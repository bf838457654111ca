import { PRACTICE_BOT } from "./tenant-bots.ts";

/** A definition (contract 4.1) of a looking up of orders: as the text of a file with its name, as what stands in it, and what a bot would send to it. */
export interface ExampleIntegration {
  readonly file: string;
  readonly text: string;
  readonly definition: ReturnType<typeof definitionFor>;
  readonly payload: Readonly<Record<string, string>>;
}

/** The example for the order service at `ordersUrl` (no slash at its end). It runs and registers on the practice platform as it is. */
export function exampleIntegration(ordersUrl: string): ExampleIntegration {
  return {
    file: "example-integration.yaml",
    text: textFor(ordersUrl),
    definition: definitionFor(ordersUrl),
    payload: { customer: "Fournier", status: "Shipped" },
  };
}

function definitionFor(ordersUrl: string) {
  return {
    name: "Order lookup",
    description: "Finds a customer's orders, so that the bot can say where they are.",
    bot_id: PRACTICE_BOT,
    config: {
      url: `${ordersUrl}/v1/orders/search`,
      method: "POST",
      auth_type: "bearer",
      secret: "EXTERNAL_API_KEY",
      headers: { "X-Request-Source": "callside" },
      request_mapping: { body: { limit: 5, $input: "bot.payload", transform: "json_merge" } },
      response_mapping: { extract: "data.result", normalize: "map_keys" },
      timeout_seconds: 10,
    },
  };
}

function textFor(ordersUrl: string): string {
  return `# A REST integration for the practice bot: it looks up orders.
# Both commands want the platform's configuration, which lies beside this file: --config callside.config.json
# Try it:       callside integrate run example-integration.yaml --input '{"customer": "Fournier", "status": "Shipped"}'
# Register it:  callside integrate register example-integration.yaml
name: Order lookup
description: Finds a customer's orders, so that the bot can say where they are.
bot_id: ${PRACTICE_BOT}

config:
  url: ${ordersUrl}/v1/orders/search
  method: POST

  # The name of the secret, never the secret itself: it comes from the environment or from the key store.
  auth_type: bearer
  secret: EXTERNAL_API_KEY
  headers:
    X-Request-Source: callside

  # What the bot knows (order, customer, status or query) is merged into the other keys.
  request_mapping:
    body:
      limit: 5
      $input: bot.payload
      transform: json_merge

  # The part of the reply that the bot gets; its keys in lower case, with _ for spaces.
  response_mapping:
    extract: data.result
    normalize: map_keys
  timeout_seconds: 10
`;
}

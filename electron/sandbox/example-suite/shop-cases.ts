/** Products and shops, small talk, people who want a person, and what is not understood. */
export const shopCases = `
  # ---- Products and shops ----
  - test_id: test_product_in_stock
    utterance: Have you got toasters?
    tags: [shop, smoke]
    expected_outcome: { intent: product_stock, entities: { product: toaster }, next_flow: flow_products, response_contains: The toaster is in stock }
  - test_id: test_product_in_a_city
    utterance: is the hoover available at your place in Köln
    tags: [shop, synonyms]
    expected_outcome: { intent: product_stock, entities: { product: vacuum cleaner, city: Cologne }, next_flow: flow_products, response_contains: in Cologne }
  - test_id: test_product_price
    utterance: how much is a notebook
    tags: [shop, synonyms]
    expected_outcome: { intent: product_stock, entities: { product: laptop }, next_flow: flow_products }
  - test_id: test_store_sunday
    utterance: is your Berlin shop open on Sundays?
    tags: [shop, smoke]
    expected_outcome: { intent: store_hours, entities: { city: Berlin, date: sunday }, next_flow: flow_stores, response_contains: Monday to Saturday }
  - test_id: test_store_which_city
    utterance: until what time are you open today
    tags: [shop]
    expected_outcome: { intent: store_hours, entities: { date: today }, next_flow: flow_stores, response_contains: In which city }
  # A table: each row is a case, and its values take the places of {said} and {city}.
  - test_id: test_store_in
    utterance: where's the nearest branch in {said}, and when does it open
    tags: [shop, synonyms]
    expected_outcome: { intent: store_hours, entities: { city: "{city}" }, next_flow: flow_stores, response_contains: "in {city}" }
    variations:
      - { suffix: new_york, said: NYC, city: New York }
      - { suffix: vienna, said: Wien, city: Vienna }

  # ---- Talk ----
  - test_id: test_greeting
    utterance: Good morning!
    tags: [talk, smoke]
    expected_outcome: { intent: greeting, entities: {}, next_flow: flow_greeting, response_contains: welcome }
  - test_id: test_greeting_by_name
    utterance: hey
    tags: [talk, context]
    session_context: { customer_name: Ada }
    expected_outcome: { intent: greeting, entities: {}, next_flow: flow_greeting, response_contains: "Hello Ada, good to see you again" }
  - test_id: test_goodbye
    utterance: ok thanks a lot, that's all
    tags: [talk]
    expected_outcome: { intent: goodbye, entities: {}, next_flow: flow_goodbye, response_contains: good day }
  - test_id: test_person
    utterance: can I please talk to a real person
    tags: [talk, smoke]
    expected_outcome: { intent: escalate, entities: {}, next_flow: flow_escalation, response_contains: connecting you with a colleague }
  - test_id: test_person_gold
    utterance: Get me your manager
    tags: [talk, context]
    session_context: { tier: gold }
    expected_outcome: { intent: escalate, entities: {}, next_flow: flow_escalation, response_contains: personal adviser }
  - test_id: test_complaint
    utterance: I'm fed up and wish to complain
    tags: [talk]
    expected_outcome: { intent: escalate, entities: {}, next_flow: flow_escalation }
  - test_id: test_not_understood
    utterance: purple elephants calculate quietly
    tags: [talk]
    expected_outcome: { intent: fallback, entities: {}, next_flow: flow_fallback, response_contains: did not quite get that }
  - test_id: test_not_for_a_shop
    utterance: what is the capital of Australia
    tags: [talk]
    expected_outcome: { intent: fallback, entities: {}, next_flow: flow_fallback }
`;

/** Orders: where they are, calling them off, another day for the delivery. */
export const orderCases = `
  # ---- Orders ----
  - test_id: test_order_where
    utterance: Where is my order ORD-4711?
    tags: [orders, smoke]
    expected_outcome: { intent: check_order, entities: { order_id: ORD-4711 }, next_flow: flow_order_status, response_contains: was delivered }
  - test_id: test_order_on_its_way
    utterance: can you track my parcel for me, it's order number 20465
    tags: [orders]
    expected_outcome: { intent: check_order, entities: { order_id: ORD-20465 }, next_flow: flow_order_status, response_contains: on its way }
  - test_id: test_order_packed
    utterance: Has ord 3108 been dispatched already?
    tags: [orders]
    expected_outcome: { intent: check_order, entities: { order_id: ORD-3108 }, next_flow: flow_order_status, response_contains: being packed }
  - test_id: test_order_delayed_leads_to_delivery
    utterance: my package ORD-5519 should have been here on Tuesday and it never turned up
    tags: [orders, slow]
    expected_outcome: { intent: check_order, entities: { order_id: ORD-5519, date: tuesday }, next_flow: flow_delivery, response_contains: come on tuesday }
  - test_id: test_order_without_number
    utterance: I'm still waiting for my delivery
    tags: [orders]
    expected_outcome: { intent: check_order, entities: {}, next_flow: flow_order_status, response_contains: Which order is it? }
  - test_id: test_order_number_from_session
    utterance: what's happening with my order
    tags: [orders, context]
    session_context: { order_id: ORD-8806 }
    expected_outcome: { intent: check_order, entities: {}, next_flow: flow_order_status, response_contains: Order ORD-8806 is on its way }
  - test_id: test_order_after_greeting
    utterance: Hi there, any news on order 77123?
    tags: [orders]
    expected_outcome: { intent: check_order, entities: { order_id: ORD-77123 }, next_flow: flow_order_status, response_contains: welcome to the shop }
  - test_id: test_order_spelled_with_underscore
    utterance: status of ORD_99 please
    tags: [orders]
    expected_outcome: { intent: check_order, entities: { order_id: ORD_99 }, next_flow: flow_order_status }

  # ---- Calling an order off ----
  - test_id: test_cancel_identified
    utterance: Please cancel order ORD-6207, I don't need it any more
    tags: [orders, context, smoke]
    session_context: { authenticated: true }
    expected_outcome: { intent: cancel_order, entities: { order_id: ORD-6207 }, next_flow: flow_cancel_order, response_contains: is cancelled }
  - test_id: test_cancel_asks_who_it_is
    utterance: I changed my mind, call off ORD-6207
    tags: [orders, context]
    session_context: { authenticated: false }
    expected_outcome: { intent: cancel_order, entities: { order_id: ORD-6207 }, next_flow: flow_identify, response_contains: once I know who you are }
  - test_id: test_cancel_too_late
    utterance: I ordered the blender by accident, can we undo that? it's ORD-1140
    tags: [orders, context]
    session_context: { authenticated: true }
    expected_outcome: { intent: cancel_order, entities: { order_id: ORD-1140, product: blender }, next_flow: flow_returns, response_contains: return the blender }
  - test_id: test_cancel_already_sent
    utterance: stop ORD-9915 before it ships
    tags: [orders, context]
    session_context: { authenticated: true }
    expected_outcome: { intent: cancel_order, entities: { order_id: ORD-9915 }, next_flow: flow_cancel_order, response_contains: Refuse the parcel }
  - test_id: test_cancel_which_one
    utterance: i want to cancel my purchase
    tags: [orders]
    expected_outcome: { intent: cancel_order, entities: {}, next_flow: flow_cancel_order, response_contains: Which order }

  # ---- Another day for the delivery: the slow flow ----
  - test_id: test_delivery_other_day
    utterance: could the courier come on Thursday instead? I won't be home
    tags: [delivery, slow, smoke]
    expected_outcome: { intent: reschedule_delivery, entities: { date: thursday }, next_flow: flow_delivery, response_contains: come on thursday instead }
  - test_id: test_delivery_by_date
    utterance: please put off the delivery of ORD-3021 to 14 March 2026
    tags: [delivery, slow]
    expected_outcome: { intent: reschedule_delivery, entities: { order_id: ORD-3021, date: "2026-03-14" }, next_flow: flow_delivery }
  - test_id: test_delivery_no_day_named
    utterance: I need a different delivery date
    tags: [delivery, slow]
    expected_outcome: { intent: reschedule_delivery, entities: {}, next_flow: flow_delivery, response_contains: On which day }
`;

/** Returns and refunds. */
export const returnCases = `
  # ---- Returns ----
  - test_id: test_return_kettle
    utterance: I would like to send the kettle back
    tags: [returns, smoke]
    expected_outcome: { intent: return_item, entities: { product: kettle }, next_flow: flow_returns, response_contains: return the kettle }
  - test_id: test_return_damaged_by_other_name
    utterance: My espresso maker came with a crack and is all dented, it arrived broken
    tags: [returns, synonyms]
    expected_outcome: { intent: return_item, entities: { product: coffee machine }, next_flow: flow_returns, response_contains: return the coffee machine }
  - test_id: test_return_wrong_item
    utterance: you delivered the wrong item, how can I exchange it?
    tags: [returns]
    expected_outcome: { intent: return_item, entities: {}, next_flow: flow_returns, response_contains: return label }
  - test_id: test_return_plural
    utterance: these earbuds don't fit, I'd like to give them back
    tags: [returns, synonyms]
    expected_outcome: { intent: return_item, entities: { product: headphones }, next_flow: flow_returns }
  - test_id: test_return_label
    utterance: how do I get a label to return my order
    tags: [returns]
    expected_outcome: { intent: return_item, entities: {}, next_flow: flow_returns, response_contains: thirty days }

  # ---- Refunds ----
  - test_id: test_refund_when
    utterance: When will I get my money back for ORD-2210?
    tags: [refunds, smoke]
    expected_outcome: { intent: refund_status, entities: { order_id: ORD-2210 }, next_flow: flow_refund, response_contains: five working days }
  - test_id: test_refund_missing
    utterance: I sent everything back three weeks ago and still have not been reimbursed
    tags: [refunds]
    expected_outcome: { intent: refund_status, entities: {}, next_flow: flow_refund, response_contains: Which order }
  - test_id: test_refund_from_session
    utterance: is there any progress with my refund
    tags: [refunds, context]
    session_context: { order_id: ORD-4404 }
    expected_outcome: { intent: refund_status, entities: {}, next_flow: flow_refund, response_contains: refund for order ORD-4404 }
`;

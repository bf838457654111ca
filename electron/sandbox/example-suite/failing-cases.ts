/** One case or two for every way in which a case can fail. */
export const failingCases = `
  # ---- Failing on purpose ----
  # The intent that is expected is not the one that is found.
  - test_id: test_failing_intent
    utterance: I would like to return this lamp
    tags: [on_purpose]
    expected_outcome: { intent: refund_status, entities: {}, next_flow: flow_returns }
  # Two digits of the order's number have changed places in what is expected.
  - test_id: test_failing_entity_value
    utterance: where is my parcel, the order number is 20415
    tags: [on_purpose]
    expected_outcome: { intent: check_order, entities: { order_id: ORD-20451 }, next_flow: flow_order_status }
  # No day is said, so none is found.
  - test_id: test_failing_entity_missing
    utterance: I want to return my washer
    tags: [on_purpose]
    expected_outcome: { intent: return_item, entities: { product: washing machine, date: tomorrow }, next_flow: flow_returns }
  # Nobody has identified, so the bot goes to flow_identify and not on to the returns.
  - test_id: test_failing_flow_missing
    utterance: cancel ORD-1140
    tags: [on_purpose]
    expected_outcome: { intent: cancel_order, entities: { order_id: ORD-1140 }, next_flow: flow_returns }
  # flow_voucher is not deployed.
  - test_id: test_failing_not_deployed
    utterance: my gift card SAVE20 doesn't seem to work
    tags: [on_purpose]
    expected_outcome: { intent: redeem_voucher, entities: { voucher_code: SAVE20 }, next_flow: flow_voucher }
  - test_id: test_failing_not_deployed_either
    utterance: where can I enter a promo code?
    tags: [on_purpose]
    expected_outcome: { intent: redeem_voucher, entities: {}, next_flow: flow_voucher, response_contains: ten per cent }
  # flow_payment breaks half-way.
  - test_id: test_failing_broken_flow
    utterance: I'd like to settle my invoice now
    tags: [on_purpose]
    expected_outcome: { intent: pay_invoice, entities: {}, next_flow: flow_payment, response_contains: sending the payment }
  # The bot's answer is another one.
  - test_id: test_failing_text
    utterance: when are you open in Hamburg
    tags: [on_purpose]
    expected_outcome: { intent: store_hours, entities: { city: Hamburg }, next_flow: flow_stores, response_contains: around the clock }
  # Several things at once.
  - test_id: test_failing_in_several_ways
    utterance: do you sell desk lamps in Vienna
    tags: [on_purpose]
    expected_outcome: { intent: store_hours, entities: { city: Zurich }, next_flow: flow_stores, response_contains: sold out }
`;

/** Bills that are wrong, and the account. Paying and vouchers are among the cases that fail. */
export const billingCases = `
  # ---- Bills ----
  - test_id: test_charge_twice
    utterance: You have charged me $49.90 twice
    tags: [billing, smoke]
    expected_outcome: { intent: dispute_charge, entities: { amount: 49.9 }, next_flow: flow_billing, response_contains: on hold }
  - test_id: test_charge_large_goes_to_a_person
    utterance: there's a charge of 1,299.00 dollars on my account that I don't recognise
    tags: [billing]
    expected_outcome: { intent: dispute_charge, entities: { amount: 1299 }, next_flow: flow_escalation, response_contains: looked at by a colleague }
  - test_id: test_charge_on_a_day
    utterance: why did you take 24 euros out of my account on March 3rd, that must be an error
    tags: [billing]
    expected_outcome: { intent: dispute_charge, entities: { amount: 24, date: "03-03" }, next_flow: flow_billing }
  - test_id: test_invoice_mistake
    utterance: I think my bill is incorrect
    tags: [billing]
    expected_outcome: { intent: dispute_charge, entities: {}, next_flow: flow_billing, response_contains: How much was charged }
  - test_id: test_charge_decimal_comma
    utterance: I was billed 19,99 € for something I never bought
    tags: [billing]
    expected_outcome: { intent: dispute_charge, entities: { amount: 19.99 }, next_flow: flow_billing }

  # ---- Account ----
  - test_id: test_address_identified
    utterance: We have just moved to München, can you update the address
    tags: [account, context, smoke]
    session_context: { authenticated: true }
    expected_outcome: { intent: change_address, entities: { city: Munich }, next_flow: flow_change_address, response_contains: So you are in Munich now }
  - test_id: test_address_asks_who_it_is
    utterance: I no longer live where your records say, the address needs to be changed
    tags: [account, context]
    expected_outcome: { intent: change_address, entities: {}, next_flow: flow_identify, response_contains: e-mail address of your account }
  - test_id: test_address_with_mail
    utterance: I've got a new flat, my mail is Ada.Lane@example.org, please change the street
    tags: [account, context]
    expected_outcome: { intent: change_address, entities: { email: ada.lane@example.org }, next_flow: flow_identify, response_contains: code to ada.lane@example.org }
  - test_id: test_address_which
    utterance: Please send my parcels to a different address from now on
    tags: [account, context]
    session_context: { authenticated: true }
    expected_outcome: { intent: change_address, entities: {}, next_flow: flow_change_address, response_contains: What is the new address? }
  - test_id: test_password_forgotten
    utterance: I can't remember my password
    tags: [account, smoke]
    expected_outcome: { intent: reset_password, entities: {}, next_flow: flow_password, response_contains: link for a new password }
    # The same wish in other words: a case of its own for each.
    variations:
      utterances:
        - the website has locked me, I can't sign in
  - test_id: test_password_with_mail
    utterance: please reset the login for sam@example.com
    tags: [account]
    expected_outcome: { intent: reset_password, entities: { email: sam@example.com }, next_flow: flow_password, response_contains: link to sam@example.com }
`;

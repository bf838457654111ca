/** The suite's name, the flows that it should visit, and what all cases have in common. */
export const suiteHead = `# The example suite: what the practice shop's bot should understand, and do about it.
# Most cases pass. Those under "Failing on purpose" do not, so that each kind of failure can be seen.
name: Practice shop

# flow_warranty is expected and no case visits it: coverage says so.
expected_flows:
  - flow_greeting
  - flow_goodbye
  - flow_fallback
  - flow_order_status
  - flow_cancel_order
  - flow_identify
  - flow_returns
  - flow_refund
  - flow_billing
  - flow_payment
  - flow_change_address
  - flow_products
  - flow_stores
  - flow_voucher
  - flow_password
  - flow_delivery
  - flow_warranty
  - flow_escalation

defaults:
  user_id: usr_practice
  platform: web
  session_context: { language: en }

cases:
`;

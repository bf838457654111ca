import { billingCases } from "./example-suite/billing-cases.ts";
import { failingCases } from "./example-suite/failing-cases.ts";
import { orderCases } from "./example-suite/order-cases.ts";
import { returnCases } from "./example-suite/return-cases.ts";
import { shopCases } from "./example-suite/shop-cases.ts";
import { suiteHead } from "./example-suite/head.ts";

/**
 * The suite that ships with the program, as the text of a file with its name: sixty cases for the practice bot. It is
 * text in modules, so that it is there in a checkout and in the bundle alike.
 */
export const exampleSuite = {
  file: "example-suite.yaml",
  text: [suiteHead, orderCases, returnCases, billingCases, shopCases, failingCases].join(""),
} as const;

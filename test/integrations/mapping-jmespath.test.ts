import { search } from "@jmespath-community/jmespath";
import { describe, expect, test } from "vitest";
import { mapResponse } from "../../electron/integrations/mapping.ts";
import type { JsonValue } from "../../shared/integration.ts";

const body: JsonValue = {
  name: "Ada",
  note: "  a tæxt 😀 of words  ",
  n: -3.5,
  yes: true,
  none: null,
  list: [3, 1, 2],
  words: ["pear", "apple", "fig"],
  nested: [[1, 2], [3, [4]], 5],
  pairs: [["a", 1], ["b", 2]],
  orders: [
    { id: 2, state: "open", total: 20, lines: [{ sku: "x" }, { sku: "y" }] },
    { id: 1, state: "sent", total: 10, lines: [] },
    { id: 3, state: "open", total: 5, lines: [{ sku: "z" }] },
  ],
  map: { one: { v: 1 }, two: { v: 2 }, three: { w: 3 } },
};

function found(expression: string): JsonValue {
  // In a list, so that nothing is a result as well.
  const result = mapResponse(body, { extract: `[${expression}]`, normalize: "none" });
  if (!result.ok) throw new Error(result.error.message);
  return result.value.extracted;
}

describe("an expression means what the library makes of it", () => {
  test.each([
    "name", "map.one.v", "map.*.v", "map.four.v", "list[0]", "list[-1]", "list[9]", "list[1:]", "list[::-1]", "list[:-1]", "list[-2:]", "list[5:0:-2]", "list[::2]", "note[2:6]", "name[::-1]",
    "orders[*].id", "orders[*].lines[].sku", "orders[].lines[*].sku", "nested[]", "nested[][]", "orders[?state=='open'].id", "orders[?total > `5` && state != 'sent'].id", "orders[?!lines]", "orders[0].[id, state]",
    "orders[*].{id: id, n: length(lines)}", "orders[?total >= `10`] | [0].id", "none || name", "name && n", "!none", "yes ? name : n", "none ? name : n", "list == `[3, 1, 2]`", "map.one == `{\"v\": 1}`", "name < n", "n < `0`", "n <= n",
    "n + `1`", "n - `1`", "n * `2`", "n / `2`", "`7` // `2`", "`7` % `4`", "-n", "+n", "let $x = 'open' in orders[?state == $x].id", "let $x = n, $y = list in [$x, $y]", "$.name", "@.name", "orders[*].[$.name, id]", "'raw \\' text'", "`\"json\"`", "\"name\"",
    "abs(n)", "avg(list)", "avg(`[]`)", "ceil(n)", "floor(n)", "contains(note, 'of')", "contains(list, `2`)", "ends_with(name, 'da')", "starts_with(name, 'A')", "find_first(note, 'a')", "find_last(note, 'o')", "find_first(note, 'x', `3`, `8`)", "find_first(note, 'q')",
    "from_items(pairs)", "group_by(orders, &state)", "items(map.one)", "join(', ', words)", "keys(map)", "length(note)", "length(list)", "length(map)", "lower(name)", "upper(name)", "map(&id, orders)", "map(&nope, orders)", "max(list)", "min(list)", "max(words)", "min(words)", "max(`[]`)",
    "max_by(orders, &total).id", "min_by(orders, &total).id", "merge(map.one, map.three)", "not_null(none, n, name)", "pad_left(name, `6`)", "pad_right(name, `6`, '-')", "pad_left(name, `1`)", "replace(note, 'a', 'b')", "replace(note, 'w', 'b', `1`)", "replace(note, 'w', 'b', `0`)", "reverse(list)", "reverse(name)",
    "sort(list)", "sort(words)", "sort_by(orders, &id)[*].id", "split(note, ' ')", "split(note, ' ', `2`)", "split(name, '')", "sum(list)", "sum(`[]`)", "to_array(name)", "to_array(list)", "to_number('1.5')", "to_number(name)", "to_number(n)", "to_string(map.one)", "to_string(name)",
    "trim(note)", "trim_left(note)", "trim_right(note)", "trim(name, 'Aa')", "type(n)", "type(map)", "type(none)", "type(list)", "type(yes)", "values(map.one)", "zip(list, words)", "zip(list)",
  ])("%s", (expression) => {
    expect(found(expression)).toEqual([search(body as never, expression)]);
  });
});

describe("where the library is wrong, it is the specification that counts", () => {
  test.each<[string, JsonValue]>([
    ["sort(`[10, 9, 100]`)", [9, 10, 100]],
    ["max_by(orders, &state).state", "sent"],
    ["min_by(orders, &state).state", "open"],
    ["contains(nested, `[1, 2]`)", true],
    ["contains(name, `2`)", false],
    ["sort_by(orders, &state)[*].id", [2, 3, 1]],
    ["to_number('')", null],
    ["to_number('0x10')", null],
    ["replace('aa', 'a', '$&a', `2`)", "$&a$&a"],
    ["ends_with('a', 'aa')", false],
    ["sort(['😀', '｡'])", ["｡", "😀"]],
    ["pad_left(name, `5`, '😀')", "😀Ada"],
  ])("%s", (expression, value) => {
    expect(found(expression)).toEqual([value]);
  });
});

describe("arguments of another kind are told", () => {
  test.each([
    ["length(n)", "length() takes a text, a list or an object as argument 1; found a number"],
    ["sum(words)", "sum() takes a list of numbers as argument 1; found a list"],
    ["sort(nested)", "sort() takes a list of numbers or of texts as argument 1; found a list"],
    ["sort_by(orders, &lines)", "sort_by() takes an expression that gives a number for each item, or a text for each as argument 2; found an expression"],
    ["group_by(orders, &id)", "group_by() takes an expression that gives a text for each item as argument 2; found an expression"],
    ["map(orders, orders)", "map() takes an expression that begins with & as argument 1; found a list"],
    ["keys(none)", "keys() takes an object as argument 1; found nothing"],
    ["from_items(list)", "from_items() takes a list of pairs of a text and a value as argument 1; found a list"],
    ["pad_left(name, n)", "pad_left() takes a whole number from 0 as argument 2; found a number"],
    ["pad_left(name, `9`, 'ab')", "pad_left() takes one character as argument 3; found a text"],
    ["name + n", "+ takes numbers; found a text"],
    ["list[::0]", "the step of a slice is 0"],
    ["$nope", "nothing has been bound to $nope"],
    ["let $a = (let $b = n in $b) in $b", "nothing has been bound to $b"],
  ])("%s", (expression, message) => {
    expect(() => found(expression)).toThrow(message);
  });
});

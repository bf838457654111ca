import { assert as assertProperty, property, string, array, constantFrom } from "fast-check";
import { describe, expect, test } from "vitest";
import type { Draft } from "../../shared/integration-view.ts";
import { checkDefinition } from "../../electron/integrations/definition.ts";
import { importCurl } from "../../electron/integrations/import-curl.ts";

function draftOf(text: string): { readonly draft: Draft; readonly config: Readonly<Record<string, unknown>>; readonly notes: readonly string[] } {
  const result = importCurl(text);
  if (result.kind !== "draft") throw new Error(JSON.stringify(result));
  expect(checkDefinition({ ...result.draft, bot_id: "b" }).problems).toEqual([]);
  return { ...result, config: result.draft.config as Record<string, unknown> };
}

/** `line message` of a command that is refused. */
function refusal(text: string): readonly string[] {
  const result = importCurl(text);
  if (result.kind !== "refused") throw new Error(JSON.stringify(result));
  expect(result.problems.length).toBeGreaterThan(0);
  return result.problems.map(({ line, message }) => `${line ?? "-"} ${message}`);
}

describe("a pasted curl command", () => {
  test("becomes a draft, with its credentials dropped and a secret named instead", () => {
    const text = `curl -sS -X POST 'https://api.shop.example/v1/orders?page=1' \\
  -H 'Content-Type: application/json' \\
  -H "Authorization: Bearer s3cr3t-value-12345" \\
  -H 'X-Source: bot' \\
  --max-time 12 \\
  -d '{"status": "open", "limit": 5}'`;
    const result = importCurl(text);
    expect(result).toEqual({
      kind: "draft",
      draft: {
        name: "POST api.shop.example/v1/orders",
        bot_id: "",
        config: {
          url: "https://api.shop.example/v1/orders?page=1",
          method: "POST",
          auth_type: "bearer",
          secret: "API_SHOP_EXAMPLE_TOKEN",
          headers: { "Content-Type": "application/json", "X-Source": "bot" },
          request_mapping: { body: { status: "open", limit: 5, $input: "bot.payload", transform: "json_merge" } },
          timeout_seconds: 12,
        },
      },
      notes: [
        "The time holds for each attempt, not for all together.",
        "Store the token (without Bearer) as the secret API_SHOP_EXAMPLE_TOKEN. A value is never taken over.",
        "The values of the body are examples: each is sent as it stands unless the bot's payload has the same key.",
        "Set bot_id: the bot that the integration belongs to.",
      ],
    });
    expect(JSON.stringify(result)).not.toContain("s3cr3t");
    expect(checkDefinition(draftOf(text).draft).problems.map(({ path }) => path)).toEqual(["bot_id"]);
  });

  test("without a body asks with GET and without authentication", () => {
    expect(draftOf("curl https://a.example/x").config).toEqual({ url: "https://a.example/x", method: "GET", auth_type: "none" });
  });

  test.each([
    ["-u 'me:pa ss'", "basic", undefined, "_LOGIN"],
    ["--user me:x", "basic", undefined, "_LOGIN"],
    ["-ume:x", "basic", undefined, "_LOGIN"],
    ["-H 'authorization: basic bWU6eA=='", "basic", undefined, "_LOGIN"],
    ["-H 'Authorization: Token abc'", "api_key", undefined, "_KEY"],
    ["-H 'X-Api-Key: abc'", "api_key", "X-Api-Key", "_KEY"],
    ["-H 'Ocp-Apim-Subscription-Key: abc'", "api_key", "Ocp-Apim-Subscription-Key", "_KEY"],
  ])("with %s becomes authentication by %s", (option, type, header, suffix) => {
    const { config, notes } = draftOf(`curl https://a.example ${option}`);
    expect([config.auth_type, config.auth_header_name, config.secret]).toEqual([type, header, `A_EXAMPLE${suffix}`]);
    expect(config.headers).toBeUndefined();
    expect(notes.join(" ")).toContain(`the secret A_EXAMPLE${suffix}`);
    expect(JSON.stringify([config, notes])).not.toMatch(/abc|pa ss|bWU6/);
  });

  test("with a login in its address becomes basic authentication, without it in the address", () => {
    const { config } = draftOf("curl 'https://me:s3cret@a.example:8443/x?mail=a@b.example#top'");
    expect([config.url, config.auth_type]).toEqual(["https://a.example:8443/x?mail=a@b.example", "basic"]);
  });

  test("for the practice service names the secret that is there already", () => {
    expect(draftOf("curl http://127.0.0.1:8080/orders -H 'Authorization: Bearer x'").config.secret).toBe("EXTERNAL_API_KEY");
  });

  test.each([
    ["one word in many quotes", `curl 'https://a.example/'"x"/$'y'\\/z`, "https://a.example/x/y/z"],
    ["an address that comes last", "curl -s -H 'X-A: 1' https://a.example/", "https://a.example/"],
    ["--url", "curl --url https://a.example/", "https://a.example/"],
    ["a dollar sign that is no variable", `curl "https://a.example/?\\$top=5&x=$"`, "https://a.example/?$top=5&x=$"],
    ["line ends of Windows", "curl \\\r\n  https://a.example/ \\\r\n -s\r\n", "https://a.example/"],
    ["empty lines around it", "\n\n  curl https://a.example/ \n\n", "https://a.example/"],
    ["a last line that was cut off", "curl https://a.example/ \\", "https://a.example/"],
    ["curl.exe", "curl.exe https://a.example/", "https://a.example/"],
  ])("is read with %s", (_what, text, url) => {
    expect(draftOf(text).config.url).toBe(url);
  });

  test("is read as bash's $'…' means it", () => {
    const body = draftOf(String.raw`curl https://a.example --json $'{"a": "it\'s", "b": "gr\u00fc\xdfe", "c": "\u00e9\\n\U0001f642", "d":"\101"}'`.replace(String.raw`\xdf`, String.raw`\u00df`));
    expect(body.config.request_mapping).toEqual({ body: { a: "it's", b: "grüße", c: "é\n🙂", d: "A", $input: "bot.payload", transform: "json_merge" } });
  });

  test("as a browser copies it for the Windows command prompt is read too", () => {
    const copied = [
      `curl ^"https://a.example/search?a=1^&b=%20x^" ^`,
      `  -H ^"accept: application/json^" ^`,
      `  -H ^"x-note: 50^%^" ^`,
      `  --data-raw ^"^{^\\^"q^\\^":^\\^"a ^& b^\\^",^\\^"n^\\^":1^}^"`,
    ].join("\r\n");
    expect(draftOf(copied).config).toMatchObject({
      url: "https://a.example/search?a=1&b=%20x",
      method: "POST",
      headers: { accept: "application/json", "x-note": "50%" },
      request_mapping: { body: { q: "a & b", n: 1 } },
    });
    const plain = `curl "https://a.example/%C3%A9" ^\r\n -H "X-A: 1 ^ 2" ^\r\n -d "{\\"q\\": \\"x\\", ""k"": 2}"\r\n`;
    expect(draftOf(plain).config).toMatchObject({ url: "https://a.example/%C3%A9", headers: { "X-A": "1 ^ 2" }, request_mapping: { body: { q: "x", k: 2 } } });
  });

  test.each([
    ["curl https://a.example -L", "Redirects are followed within the same host only"],
    ["curl https://a.example -sLv", "Redirects are followed within the same host only"],
    ["curl https://a.example -H 'Cookie: sid=1'", "the header Cookie, which is the session of a person"],
    ["curl https://a.example -b 'sid=1; theme=dark'", "-b, the cookies, which are the session of a person"],
    ["curl https://a.example --cookie sid=1 -b a=2", "--cookie, the cookies"],
    ["curl https://a.example -H 'Host: b.example'", "the header Host, since it follows from the address"],
    ["curl https://a.example -H 'Accept-Encoding: gzip'", "the header Accept-Encoding"],
    ["curl https://a.example#x", "the fragment of the address"],
    [`curl https://a.example -d '{}'`, "sent as JSON"],
    ["curl -m 2.5 https://a.example", "The time of 2.5 s became 3 s"],
    [`curl https://a.example --json '{"transform": "x"}'`, "a key transform or $input of its own"],
    ["curl -X POST https://a.example", "without body nothing is sent"],
  ])("%s says in a note what is different", (text, note) => {
    expect(draftOf(text).notes.join("\n")).toContain(note);
  });

  test("keeps no header that was left out", () => {
    expect(draftOf("curl https://a.example -H 'Cookie: sid=1' -H 'Host: b' -H 'Content-Length: 3' -H 'X-A;'").config.headers).toEqual({ "X-A": "" });
  });
});

describe("what is not understood in a curl command", () => {
  test.each([
    ["wget https://a.example", "1 found a text that does not begin with curl (column 1); allowed: one curl command"],
    ["", "1 found nothing (column 1); allowed: one curl command"],
    ["curl", "1 found no address (column 1); allowed: curl and one address"],
    ["curl \\\n https://a.example \\\n https://b.example", "3 found a second address (column 2); allowed: one"],
    ["curl https://a.example -H", "1 found -H at the end (column 24); allowed: -H and what belongs to it"],
    ["curl https://a.example -d @body.json", "1 found -d with a file (@…) (column 24); allowed: -d and the text itself"],
    ["curl https://a.example --json @-", "1 found --json with a file (@…) (column 24); allowed: --json and the text itself"],
    ["curl https://a.example -H @h.txt", "1 found -H with a file (@…) (column 24); allowed: -H and the text itself"],
    ["curl https://a.example -H 'nothing'", "1 found a header that is none (column 24); allowed: a header as Name: value"],
    ["curl https://a.example -H 'Accept:'", "1 found the header Accept without a value, with which curl leaves it out (column 24); allowed: a header as Name: value"],
    ["curl https://a.example/?a=1&b=2", "1 found & outside quotes (column 28); allowed: one command, with texts that hold such signs in quotes"],
    ["curl https://a.example | jq .", "1 found a pipe (|) (column 24); allowed: one command, with texts that hold such signs in quotes"],
    ["curl https://a.example > x", "1 found a redirection (>) (column 24); allowed: one command, with texts that hold such signs in quotes"],
    ["curl https://a.example; rm x", "1 found a second command (;) (column 23); allowed: one command, with texts that hold such signs in quotes"],
    ["curl https://a.example # x", "1 found a comment (#) (column 24); allowed: one command and nothing else"],
    ["curl https://a.example\n-H 'X-A: 1'", "2 found a second line, and the line before does not end in \\ (column 1); allowed: one command"],
    ["curl \\ \n https://a.example", "1 found \\ with a space behind it at the end of a line (column 6); allowed: \\ as the last sign of the line"],
    ["curl \"https://a.example/$ID\"", "1 found the variable $ID (column 25); allowed: plain text (put what it stands for in its place, a secret can be any word)"],
    ["curl https://a.example -u \"${USER}:x\"", "1 found the variable ${USER} (column 28); allowed: plain text (put what it stands for in its place, a secret can be any word)"],
    ["curl https://a.example -u \"$(pass x)\"", "1 found a command in a command ($() (column 28); allowed: plain text (put what it stands for in its place, a secret can be any word)"],
    ["curl https://a.example -u `id`", "1 found a command in a command (`) (column 27); allowed: one command, with texts that hold such signs in quotes"],
    ["curl 'https://a.example", "1 found a quote that is never closed (column 6); allowed: quotes in pairs"],
    ["curl \"https://a.example", "1 found a quote that is never closed (column 6); allowed: quotes in pairs"],
    [String.raw`curl https://a.example -d $'{"a":"\xff"}'`, String.raw`1 found \xff (column 35); allowed: characters as \u and four digits, or as they are`],
    ["curl https://a.example -d a=1", "1 found form data (name=value) (column 24); allowed: a JSON object"],
    ["curl https://a.example -d '<a/>'", "1 found a text that is no JSON (column 24); allowed: a JSON object"],
    ["curl https://a.example -d '[1]'", "1 found a JSON list (column 24); allowed: a JSON object"],
    ["curl https://a.example -d '{\"a\":1,}'", "1 found not well-formed JSON: found the character } (column 24); allowed: a JSON object"],
    ["curl https://a.example -d '{\"a\":1,\"a\":2}'", "1 found in a: the same key a second time (column 24); allowed: a JSON object"],
    ["curl https://a.example -d '{\"constructor\":1}'", "1 found the key constructor (column 24); allowed: every key but __proto__, constructor, prototype"],
    ["curl https://a.example -d '{}' -d '{}'", "1 found -d a second time (column 32); allowed: once, since what is sent is one JSON text"],
    ["curl -X GET https://a.example -d '{\"a\":1}'", "1 found a body with GET (column 31); allowed: none with GET, or another method"],
    ["curl -X PURGE https://a.example", "1 found the method \"PURGE\" (column 6); allowed: GET, POST, PUT, PATCH, DELETE"],
    ["curl -m 300 https://a.example", "1 found -m \"300\" (column 6); allowed: 1 to 120 seconds"],
    ["curl https://a.example -H 'Content-Type: text/xml' -d '{}'", "1 found a type of content that is not JSON (column 24); allowed: application/json"],
    ["curl https://a.example -u a:b -H 'X-Api-Key: c'", "1 found a second authentication (column 31); allowed: one of -u, an Authorization header, a header with a key"],
    ["curl https://a.example -H 'X-A: 1' -H 'X-A: 2'", "1 found the header X-A a second time (column 36); allowed: each once"],
    ["curl 'https://a.example/[1-3]'", "1 found an address with brackets, which stands for several (column 6); allowed: one whole address"],
  ])("%j is refused with its place", (text, expected) => {
    expect(refusal(text)).toEqual([expected]);
  });

  test.each(["-F a=b", "-x proxy:1", "-k", "--cert a.pem", "--insecure", "--oauth2-bearer abc", "-G", "-I", "-o out", "-", "-sk", "--header='X-A: secretvalue'"])("%s is refused, with all that is understood", (option) => {
    const told = refusal(`curl \\\n  ${option} https://a.example`);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^2 found -\S* \(column 3\); allowed: one address, -X\/--request, -H\/--header/);
    expect(told[0]).not.toContain("secretvalue");
  });

  test("a file of cookies is refused", () => {
    expect(refusal("curl https://a.example -b jar.txt")).toEqual(["1 found -b with a file (column 24); allowed: -b and the text itself"]);
  });

  test("is told all at once", () => {
    expect(refusal("curl -k https://a.example -F a=b \\\n --compress").map((one) => one.slice(0, 20))).toEqual(["1 found -k (column 6", "1 found -F (column 2", "2 found --compress ("]);
    expect(refusal("curl https://a.example -X FOO -m 0 -d x")).toHaveLength(3);
  });

  test("of what a definition may not hold is told at its place, without the value", () => {
    expect(refusal("curl \\\n http://a.example")[0]).toMatch(/^2 found http:\/\/, which anybody on the way can read \(column 2\); allowed: an address that begins with https/);
    for (const text of ["curl 'https://a.example/?api_key=Zx81TopSecretValue99'", `curl https://a.example --json '{"password": "Zx81TopSecretValue99"}'`, "curl https://a.example -H 'X-Custom: Bearer Zx81TopSecretValue99'"]) {
      const told = refusal(text);
      expect(told[0]).toMatch(/looks like a secret.*\(column \d+\)/);
      expect(told.join()).not.toContain("Zx81");
    }
    expect(refusal("curl ftp://a.example")[0]).toContain("found ftp://");
    expect(refusal("curl a.example/x")[0]).toContain("does not begin with https://");
  });

  test.each([
    ["curl ^\r\n https://a.example | more", /^2 found \| outside quotes \(column 20\)/],
    ["curl ^\r\n https://a.example/%ID%", /^2 found the variable %ID% \(column 20\)/],
    ["curl ^ \r\n https://a.example", /^1 found \^ with a space behind it/],
    ["curl ^\r\n https://a.example\r\n -s", /^3 found a second line, and the line before does not end in \^ \(column 2\)/],
    ["curl ^\r\n \"https://a.example", /^2 found a quote that is never closed \(column 2\)/],
  ])("for the Windows command prompt is refused too: %j", (text, expected) => {
    expect(refusal(text)[0]).toMatch(expected);
  });

  test("never makes it throw, whatever is pasted", () => {
    const piece = constantFrom("curl ", "https://a.example", " -H ", "'", '"', "\\", "\n", "^", "$'", "$", "-d", " ", "{", "}", "@", "\\u", "%", "#", "--json", ":", "-u", "^\"");
    assertProperty(
      property(array(piece, { maxLength: 30 }), string(), (pieces, rest) => {
        for (const text of [pieces.join("") + rest, `curl https://a.example ${pieces.join("")}`]) {
          const result = importCurl(text);
          if (result.kind === "draft") expect(checkDefinition({ ...result.draft, bot_id: "b" }).problems).toEqual([]);
          else expect(result.kind).toBe("refused");
        }
      }),
      { numRuns: 500, seed: 4_100_002 },
    );
  });
});

import { describe, expect, it } from "vitest";
import { noticeSchema } from "../../shared/notice.ts";
import { errorWords } from "../../electron/vault/error-words.ts";
import { englishWords } from "../../electron/words/en.ts";
import { damagedSecretsNotice, memoryNotice } from "../../electron/vault/vault-notice.ts";

describe("what a person is told of secrets", () => {
  it("says why nothing protects them, what that means and what to do", () => {
    const { say, ...rest } = memoryNotice("no key ring was found");
    const notice = { ...rest, ...say(englishWords) };
    expect(noticeSchema.safeParse({ ...notice, since: 0 }).success).toBe(true);
    expect(notice.what).toContain("no key ring was found");
    expect(notice.effect).toContain("gone when Callside ends");
    expect(notice.remedy).toContain("environment variables");
  });

  it("says where a damaged file lies, as a matter of its own", () => {
    const notice = damagedSecretsNotice("/data/secrets.json.damaged-1");
    expect(notice.say(englishWords).effect).toContain("/data/secrets.json.damaged-1");
    expect(notice.id).not.toBe(memoryNotice("").id);
  });
});

describe("the words of a key store", () => {
  it("are one line of bounded length", () => {
    expect(errorWords(new Error("a\n  b\tc"), null)).toBe("a b c");
    expect(errorWords(new Error("x".repeat(1_000)), null)).toHaveLength(301);
    expect(errorWords("no error at all", null)).toBe("no error at all");
    expect(errorWords(new Error(" "), null)).toBe("it refused");
  });

  it("are withheld where they share six characters in a row with the secret, and told where they do not", () => {
    expect(errorWords(new Error("cannot take 'secret'"), "my-secret-key")).toBe("it refused");
    expect(errorWords(new Error("cannot take 'secre'"), "my-secret-key")).toBe("cannot take 'secre'");
    expect(errorWords(new Error("line one\nline two"), "one\nline")).toBe("it refused");
  });
});

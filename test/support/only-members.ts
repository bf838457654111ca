/** Names that JavaScript itself asks every object for; answering "not there" is the truth. */
const ASKED_BY_THE_LANGUAGE = new Set<PropertyKey>(["then", "toJSON", "constructor", "prototype", "asymmetricMatch", "nodeType", "$$typeof"]);

/** What has been faked so far, as `App.whenReady`. */
export interface FakeList {
  readonly members: readonly string[];
  /**
   * An object that is taken for a `T` and has only the members given, which the compiler checks against `T`.
   * Asking it for, or giving it, any other member throws: what is not faked cannot be relied on by accident.
   */
  fake<T extends object, K extends keyof T>(name: string, members: Pick<T, K>): T;
}

export function createFakeList(): FakeList {
  const listed = new Set<string>();
  return {
    get members() {
      return [...listed].toSorted();
    },
    fake<T extends object, K extends keyof T>(name: string, members: Pick<T, K>): T {
      for (const member of Object.keys(members)) listed.add(`${name}.${member}`);
      return new Proxy(members as unknown as T, {
        get(target, member, receiver) {
          if (Object.hasOwn(target, member)) return Reflect.get(target, member, receiver) as unknown;
          if (typeof member === "symbol" || ASKED_BY_THE_LANGUAGE.has(member)) return undefined;
          throw new Error(`the stand-in does not fake ${name}.${member}`);
        },
        set(_target, member) {
          throw new Error(`the stand-in does not take ${name}.${String(member)}`);
        },
      });
    },
  };
}

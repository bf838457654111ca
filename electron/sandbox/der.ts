/** One element of DER (X.690): its tag, its length, its content. Content is shorter than 64 KB. */
export function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

export function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

/** An object identifier in its encoded form. */
export function oid(...bytes: readonly number[]): Buffer {
  return der(0x06, Buffer.from(bytes));
}

export function octets(content: Buffer): Buffer {
  return der(0x04, content);
}

/** A bit string without unused bits, unless `unused` says how many of the last byte are. */
export function bits(content: Buffer, unused = 0): Buffer {
  return der(0x03, Buffer.concat([Buffer.from([unused]), content]));
}

/** An integer of big-endian `bytes` that is not negative: a leading zero byte keeps it so. */
export function unsigned(bytes: Buffer): Buffer {
  return der(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

export function boolean(value: boolean): Buffer {
  return der(0x01, Buffer.from([value ? 0xff : 0]));
}

/** A moment (ms since the Unix epoch) to the second: UTCTime before 2050 and GeneralizedTime from then on, as RFC 5280 4.1.2.5 wants it. */
export function moment(at: number): Buffer {
  const iso = new Date(at).toISOString();
  const digits = `${iso.slice(0, 19).replaceAll(/\D/g, "")}Z`;
  return Number(iso.slice(0, 4)) < 2050 ? der(0x17, Buffer.from(digits.slice(2))) : der(0x18, Buffer.from(digits));
}

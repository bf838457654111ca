/** Where things lie in the file and in memory (Microsoft, "PE Format"). */
const HEADERS_SIZE = 0x200;
const FILE_ALIGNMENT = 0x200;
const SECTION_ALIGNMENT = 0x1000;
const DOS_HEADER_SIZE = 64;
const OPTIONAL_HEADER_SIZE = 240;
const SECTION_HEADER_SIZE = 40;
const TEXT_ADDRESS = 0x1000;
const RESOURCE_ADDRESS = 0x2000;
const RESOURCE_DIRECTORY = 2;

const VERSION_TYPE = 16;
const LANGUAGE_EN_US = 1033;
const CODEPAGE_UNICODE = 1200;

/**
 * The smallest Windows program that the packager takes for Electron's: two sections, one with `body` behind an instruction
 * that returns at once, one with the version resource in which the name, the version and the archive's hash are kept.
 * It does nothing when it is started.
 */
export function stubWindowsProgram(body: Uint8Array): Buffer {
  const text = padded(Buffer.concat([Buffer.from([0xc3]), body]));
  const resources = resourceSection(versionInfo());
  const rsrc = padded(resources);
  const headers = Buffer.alloc(HEADERS_SIZE);
  headers.write("MZ", 0, "latin1");
  headers.writeUInt32LE(DOS_HEADER_SIZE, 0x3c);
  headers.write("PE\0\0", DOS_HEADER_SIZE, "latin1");
  const coff = DOS_HEADER_SIZE + 4;
  headers.writeUInt16LE(0x8664, coff); // x64
  headers.writeUInt16LE(2, coff + 2); // sections
  headers.writeUInt16LE(OPTIONAL_HEADER_SIZE, coff + 16);
  headers.writeUInt16LE(0x22, coff + 18); // executable, large addresses
  const optional = coff + 20;
  headers.writeUInt16LE(0x20b, optional); // PE32+
  headers.writeUInt32LE(text.length, optional + 4);
  headers.writeUInt32LE(rsrc.length, optional + 8);
  headers.writeUInt32LE(TEXT_ADDRESS, optional + 16); // entry
  headers.writeUInt32LE(TEXT_ADDRESS, optional + 20);
  headers.writeBigUInt64LE(0x140000000n, optional + 24);
  headers.writeUInt32LE(SECTION_ALIGNMENT, optional + 32);
  headers.writeUInt32LE(FILE_ALIGNMENT, optional + 36);
  headers.writeUInt16LE(6, optional + 40); // system version
  headers.writeUInt16LE(6, optional + 48); // subsystem version
  headers.writeUInt32LE(RESOURCE_ADDRESS + SECTION_ALIGNMENT, optional + 56);
  headers.writeUInt32LE(HEADERS_SIZE, optional + 60);
  headers.writeUInt16LE(3, optional + 68); // console
  headers.writeUInt32LE(16, optional + 108);
  headers.writeUInt32LE(RESOURCE_ADDRESS, optional + 112 + RESOURCE_DIRECTORY * 8);
  headers.writeUInt32LE(resources.length, optional + 116 + RESOURCE_DIRECTORY * 8);
  const sections = optional + OPTIONAL_HEADER_SIZE;
  writeSection(headers, sections, ".text", TEXT_ADDRESS, text.length, HEADERS_SIZE, 0x60000020);
  writeSection(headers, sections + SECTION_HEADER_SIZE, ".rsrc", RESOURCE_ADDRESS, rsrc.length, HEADERS_SIZE + text.length, 0x40000040);
  return Buffer.concat([headers, text, rsrc]);
}

function writeSection(headers: Buffer, at: number, name: string, address: number, size: number, offset: number, flags: number): void {
  headers.write(name, at, "latin1");
  headers.writeUInt32LE(size, at + 8);
  headers.writeUInt32LE(address, at + 12);
  headers.writeUInt32LE(size, at + 16);
  headers.writeUInt32LE(offset, at + 20);
  headers.writeUInt32LE(flags, at + 36);
}

/** Three levels (type, id, language) of one entry each, then where the data is, then the data. */
function resourceSection(data: Buffer): Buffer {
  const head = Buffer.alloc(3 * 24 + 16);
  const keys = [VERSION_TYPE, 1, LANGUAGE_EN_US];
  for (const [level, key] of keys.entries()) {
    const at = level * 24;
    const isLast = level === keys.length - 1;
    head.writeUInt16LE(1, at + 14); // one entry by number
    head.writeUInt32LE(key, at + 16);
    head.writeUInt32LE(isLast ? at + 24 : 0x80000000 + at + 24, at + 20);
  }
  const entry = 3 * 24;
  head.writeUInt32LE(RESOURCE_ADDRESS + head.length, entry);
  head.writeUInt32LE(data.length, entry + 4);
  head.writeUInt32LE(CODEPAGE_UNICODE, entry + 8);
  return Buffer.concat([head, data]);
}

/** Microsoft, "VS_VERSIONINFO structure". */
function versionInfo(): Buffer {
  const fixed = Buffer.alloc(52);
  fixed.writeUInt32LE(0xfeef04bd, 0);
  fixed.writeUInt32LE(0x10000, 4);
  const name = versionNode("ProductName", utf16("Electron stub"), true, []);
  const strings = versionNode("StringFileInfo", Buffer.alloc(0), true, [versionNode("040904b0", Buffer.alloc(0), true, [name])]);
  const translation = Buffer.alloc(4);
  translation.writeUInt16LE(LANGUAGE_EN_US, 0);
  translation.writeUInt16LE(CODEPAGE_UNICODE, 2);
  const variables = versionNode("VarFileInfo", Buffer.alloc(0), true, [versionNode("Translation", translation, false, [])]);
  return versionNode("VS_VERSION_INFO", fixed, false, [strings, variables]);
}

function versionNode(key: string, value: Buffer, isText: boolean, children: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(6);
  const body = Buffer.concat([aligned(Buffer.concat([head, utf16(key)])), aligned(value), ...children.map(aligned)]);
  body.writeUInt16LE(body.length, 0);
  body.writeUInt16LE(isText ? value.length / 2 : value.length, 2);
  body.writeUInt16LE(isText ? 1 : 0, 4);
  return body;
}

function utf16(text: string): Buffer {
  return Buffer.from(`${text}\0`, "utf16le");
}

function aligned(bytes: Buffer): Buffer {
  return fill(bytes, 4);
}

function padded(bytes: Buffer): Buffer {
  return fill(bytes, FILE_ALIGNMENT);
}

function fill(bytes: Buffer, to: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((to - (bytes.length % to)) % to)]);
}

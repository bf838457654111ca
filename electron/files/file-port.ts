/** A file that is open for appending. Every method rejects with the operating system's error. */
export interface AppendHandle {
  /** The file's size in bytes, now. */
  size(): Promise<number>;
  /** Appends at the end and gives how many bytes went; like the operating system, perhaps not all. */
  write(bytes: Uint8Array): Promise<number>;
  /** Resolves once what was written survives a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The little of a file system that append-only files need, as an argument, so that tests can fill the disk.
 * Every method rejects with the operating system's error. Files are made for their owner alone, because they tell of people.
 */
export interface FilePort {
  /** Makes a directory with its parents; one that is there already is fine. */
  makeDirectory(path: string): Promise<void>;
  /** The names in a directory, in no order. */
  list(path: string): Promise<readonly string[]>;
  /** Opens for appending and makes file and directories where they are missing. */
  openAppend(path: string): Promise<AppendHandle>;
  /** The size of a file in bytes. */
  size(path: string): Promise<number>;
  /** When a file was last written, ms since the Unix epoch. */
  modifiedAt(path: string): Promise<number>;
  /** Up to `length` bytes from `position`; fewer at the end of the file. */
  read(path: string, position: number, length: number): Promise<Uint8Array>;
  /** The whole of a small file, or `null` where there is none. */
  readText(path: string): Promise<string | null>;
  /** Cuts a file to `size` bytes. */
  truncate(path: string, size: number): Promise<void>;
  /**
   * Puts `text` in place of a small file: afterwards the old or the new content is there, never a mixture. `shared`: others
   * on this machine may read it.
   */
  replace(path: string, text: string, readers?: "shared"): Promise<void>;
  /** Removes a file; one that is not there is fine. */
  remove(path: string): Promise<void>;
}

/**
 * Bytes of a source file to text, such that positions are those that an editor shows. Encodings are told apart as
 * editors do: by the byte order mark, else UTF-8, else one byte a character.
 */

/** @returns the text without byte order mark; undefined where the bytes are no text */
export function decodeSource(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return new TextDecoder('utf-16le').decode(bytes);
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return new TextDecoder('utf-16be').decode(bytes);
  }
  if (bytes.includes(0)) {
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // One byte, one character: names in an old code page stay names, and columns stay columns.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/**
 * The lines of a text file of any length: UTF-8 or UTF-16 of either byte order, with or without a byte order mark. WinDbg
 * writes its logs in the one or the other (`.logopen /u`).
 */
import { isAscii } from 'node:buffer';
import type { Source } from './source.ts';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

const LINE_FEED = 10;
const CHUNK_BYTES = 256 * 1024;
const SNIFFED_BYTES = 4096;
const HEAD_BYTES = 64 * 1024;
/** Longer lines are cut: no tool writes them, and a file of zeros is one of many gigabytes. */
const MOST_CHARACTERS = 16 * 1024;

/** What a reader of text is given, once for each line, without its end of line. Lines count from 1. */
export type LineReader = (line: string, number: number) => void;

/** By the byte order mark; else by where the zeros of the first Latin letters stand. */
function encodingOf(head: Uint8Array): Encoding {
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) {
    return 'utf-16le';
  }
  if (first === 0xfe && second === 0xff) {
    return 'utf-16be';
  }
  const sniffed = head.subarray(0, SNIFFED_BYTES);
  const zeros = [0, 0];
  for (const [index, byte] of sniffed.entries()) {
    if (byte === 0) {
      zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
    }
  }
  const [even = 0, odd = 0] = zeros;
  const many = sniffed.length / 4;
  return odd > many && even < many / 4 ? 'utf-16le' : even > many && odd < many / 4 ? 'utf-16be' : 'utf-8';
}

/** The first characters of a text, for telling what it is. */
export function headText(source: Source): string {
  const head = source.read(0, HEAD_BYTES);
  return new TextDecoder(encodingOf(head)).decode(head);
}

/** @returns the number of lines that were too long and were cut */
export function readLines(source: Source, reader: LineReader): number {
  const decode = decoderOf(encodingOf(source.read(0, SNIFFED_BYTES)));
  let number = 0;
  let rest = '';
  let cut = 0;
  /** The rest of a line that was cut is being skipped. */
  let skipping = false;
  for (let offset = 0; offset < source.bytes; offset += CHUNK_BYTES) {
    const bytes = source.read(offset, CHUNK_BYTES);
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if (skipping && chunk.indexOf(LINE_FEED) === -1) {
      continue;
    }
    const text = rest + decode(chunk);
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      if (skipping) {
        skipping = false;
      } else {
        number += 1;
        reader(lineOf(text, start, end), number);
      }
      start = end + 1;
    }
    rest = text.slice(start);
    if (skipping) {
      rest = '';
    } else if (rest.length > MOST_CHARACTERS) {
      number += 1;
      cut += 1;
      reader(rest.slice(0, MOST_CHARACTERS), number);
      rest = '';
      skipping = true;
    }
  }
  if (!skipping && rest !== '') {
    reader(lineOf(rest, 0, rest.length), number + 1);
  }
  return cut;
}

/** A part of a text that is kept, without keeping alive all of the text that it was cut from. */
export function kept(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

/** Decodes part after part. Most logs are ASCII, which needs no decoding. */
function decoderOf(encoding: Encoding): (part: Buffer) => string {
  const decoder = new TextDecoder(encoding);
  return (part) =>
    encoding === 'utf-8' && isAscii(part)
      ? decoder.decode() + part.toString('latin1')
      : decoder.decode(part, { stream: true });
}

function lineOf(text: string, start: number, end: number): string {
  return text.slice(start, text.charCodeAt(end - 1) === 13 ? end - 1 : end);
}

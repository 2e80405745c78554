/** A line read character by character: logs have millions of lines, and taking each apart into strings takes most of the time. */

export function wordEnd(line: string, from: number): number {
  let at = from;
  while (isLetter(line, at)) {
    at += 1;
  }
  return at;
}

export function indentOf(line: string, from = 0): number {
  let at = from;
  while (isBlank(line, at)) {
    at += 1;
  }
  return at;
}

export function isBlank(line: string, at: number): boolean {
  const code = line.charCodeAt(at);
  return code === 32 || code === 9;
}

export function isLetter(line: string, at: number): boolean {
  const letter = line.charCodeAt(at) | 0x20;
  return letter >= 0x61 && letter <= 0x7a;
}

/** A number of up to 64 bits behind blanks; null where there is none, or one that no length can be. */
export function hexAt(line: string, from: number): number | null {
  let at = indentOf(line, from);
  if (line.charCodeAt(at) === 48 && (line.charCodeAt(at + 1) | 0x20) === 0x78) {
    at += 2;
  }
  const first = at;
  let value = 0;
  for (; ; at += 1) {
    const code = line.charCodeAt(at);
    const digit = code >= 48 && code <= 57 ? code - 48 : hexLetter(code);
    if (digit >= 0 && digit <= 15) {
      value = value * 16 + digit;
    } else if (code !== 0x60) {
      break;
    }
  }
  return at === first || value > Number.MAX_SAFE_INTEGER ? null : value;
}

/** The value of a letter from a to f; -1 for any other character. */
function hexLetter(code: number): number {
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 87 : -1;
}

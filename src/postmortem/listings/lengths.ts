/** Lengths as other programs write them: `0x40000000`, `1,048,576 bytes`, `512 MB`. */

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/** Windows programs count a kB as 1024 bytes. Null where the text is no length. */
export function lengthInWords(text: string): number | null {
  const [, hexadecimal, number, unit = ''] =
    /^\s*(?:0x([0-9a-f]{1,13})|(\d{1,3}(?:[,.\u00a0\u202f']\d{3})+|\d+(?:\.\d+)?)\s*(?:([kmgt]?)i?b|bytes?)?)\s*$/iu.exec(
      text,
    ) ?? [];
  if (hexadecimal !== undefined) {
    return Number(`0x${hexadecimal}`);
  }
  if (number === undefined) {
    return null;
  }
  const plain = /^\d+\.\d+$/u.test(number) && unit !== '' ? number : number.replace(/[^\d]/gu, '');
  const bytes = Math.round(Number(plain) * (UNITS[unit.toLowerCase()] ?? 1));
  return Number.isSafeInteger(bytes) ? bytes : null;
}

/**
 * Bytes in words, the same in the panel, the CodeLens and the terminal: binary units with one decimal, the exact number
 * where somebody asks for it, a range where a figure can only be bounded. Pure.
 */
import type { Bounds } from '../monitor/section.ts';

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** `18.0 GiB`, `212 MiB`, `1 byte`. A negative number is a fall: `-1.5 MiB`. */
export function formatBytes(bytes: number): string {
  if (Math.abs(bytes) < 1024) {
    return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  }
  let value = bytes / 1024;
  let unit = 0;
  // 1023.96 KiB is written as 1.0 MiB: the carry belongs to the number as it is shown.
  while (Math.abs(value) >= 1023.95 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(Math.abs(value) < 99.95 ? 1 : 0)} ${UNITS[unit] ?? ''}`;
}

/** `19,327,504,385 bytes`. */
export function formatBytesExactly(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${bytes.toLocaleString('en-US')} bytes`;
}

/** `18.0 GiB` where the figure is exact, `0 bytes – 1.5 MiB` where it is not. */
export function formatBounds({ min, max }: Bounds): string {
  return range(formatBytes(min), formatBytes(max));
}

export function formatBoundsExactly({ min, max }: Bounds): string {
  return range(formatBytesExactly(min), formatBytesExactly(max));
}

/** Two bounds that read the same are one figure to the reader. */
function range(min: string, max: string): string {
  return min === max ? min : `${min} – ${max}`;
}

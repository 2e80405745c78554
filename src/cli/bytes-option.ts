/** Bytes as an option: `1048576`, `1MiB`, `1.5 GiB`. */
import { InvalidArgumentError } from 'commander';

const UNITS = ['', 'kib', 'mib', 'gib', 'tib'];

export function bytesOption(value: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?) ?(?:([KMGT]iB)|B|bytes?)?$/iu.exec(value) ?? [];
  const bytes = Number(number) * 1024 ** UNITS.indexOf(unit.toLowerCase());
  if (number === undefined || !Number.isSafeInteger(Math.round(bytes))) {
    throw new InvalidArgumentError('It is a number of bytes, such as 1048576, 64KiB or 1.5MiB.');
  }
  return Math.round(bytes);
}

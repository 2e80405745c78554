import type { Dialect } from '../catalog/entry.ts';

/** Every word of a text that could be a name; fields of tuples are named by numbers, commands of PowerShell by words and a dash. */
export function identifiersOf(text: string, dialect: Dialect): ReadonlySet<string> {
  const words = new Set(text.match(/[\p{L}_][\p{L}\p{N}_]*|(?<=\.)\d+/gu));
  if (dialect === 'powershell') for (const command of text.match(/\p{L}+-[\p{L}\p{N}]+/gu) ?? []) words.add(command);
  return words;
}

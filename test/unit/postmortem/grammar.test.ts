/** The grammar of WinDbg handle logs: which of its patterns takes which line of the samples. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import { sampleText } from './recordings.ts';

interface Pattern {
  readonly match: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
}

interface Grammar {
  readonly scopeName: string;
  readonly patterns: readonly { readonly include: string }[];
  readonly repository: Readonly<Record<string, Pattern>>;
}

const ROOT = join(import.meta.dirname, '..', '..', '..');
const contributed = manifest.contributes.grammars[0]!;
const grammar = JSON.parse(readFileSync(join(ROOT, contributed.path), 'utf8')) as Grammar;

/** The name of the first pattern that takes the line, and the texts of its captures. */
function taken(line: string): readonly string[] {
  for (const { include } of grammar.patterns) {
    const name = include.slice(1);
    const found = new RegExp(grammar.repository[name]!.match, 'u').exec(line);
    if (found !== null) {
      const texts: readonly (string | undefined)[] = found.slice(1);
      return [name, ...texts.filter((text) => text !== undefined)];
    }
  }
  return [];
}

describe('grammar of WinDbg handle logs', () => {
  it('is contributed for the language that logs are recognised as', () => {
    const [language] = manifest.contributes.languages;
    assert.equal(contributed.scopeName, grammar.scopeName);
    assert.equal(contributed.language, language!.id);
    const firstLine = new RegExp(language!.firstLine, 'u');
    assert.match(sampleText('server.log').split('\n')[0]!, firstLine);
    assert.match(sampleText('htrace.log').split('\n')[0]!, firstLine);
    assert.doesNotMatch('2026-11-24 12:00:00 INFO started', firstLine);
  });

  it('tells prompts, handles, keys, totals, traces and frames apart', () => {
    assert.deepEqual(taken('0:007> !handle 0 f Section'), ['prompt', '0:007>', '!handle', ' 0 f Section']);
    assert.deepEqual(taken('Handle 00000000000001a4'), ['handle', 'Handle', '00000000000001a4']);
    assert.deepEqual(taken('    Section max size 0x40000000'), ['key', 'Section max size', '0x40000000']);
    assert.deepEqual(taken('  Name         \t<none>'), ['key', 'Name', '<none>']);
    assert.deepEqual(taken('24 handles of type Section'), ['total', '24', 'handles of type Section']);
    assert.deepEqual(taken('Total = 0n19327504385 (0x480025001)'), ['total', 'Total', '0n19327504385', '0x480025001']);
    assert.deepEqual(taken('Handle = 0x000005a4 - OPEN'), ['trace', 'Handle', '0x000005a4', 'OPEN']);
    assert.deepEqual(taken('0x75e96a1f: KERNELBASE!CreateFileMappingW+0x000000ef'), [
      'frame',
      '0x75e96a1f:',
      'KERNELBASE!CreateFileMappingW+0x000000ef',
    ]);
    assert.deepEqual(taken('000000E54B7FF7A0 00007FFB02C198D4 Cache.Fill() [D:\\src\\Cache.cs @ 42]'), [
      'frame',
      '000000E54B7FF7A0',
      '00007FFB02C198D4 ',
      'Cache.Fill()',
      '[D:\\src\\Cache.cs @ 42]',
    ]);
  });

  it('takes every line of a list of handles but the names of rights', () => {
    const list = sampleText('server-earlier.log').split('\n').slice(4, -2);
    const left = new Set(list.filter((line) => taken(line).length === 0).map((line) => line.trim()));
    assert.deepEqual([...left].sort(), [
      'Delete,ReadControl,WriteDac,WriteOwner',
      'Object Specific Information',
      'Query,MapWrite,MapRead',
    ]);
  });
});

/** Source files to lint: the samples, and larger ones made from a pattern, each while somebody types in a function. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GrammarName } from '../../src/analyzers/languages/grammars.ts';

export interface BenchSource {
  readonly title: string;
  readonly file: string;
  readonly grammar: GrammarName;
  readonly text: string;
  /** The text after so many keystrokes in a function that makes a section: no two are the same. */
  typed(keystrokes: number): string;
}

const SAMPLES = join(import.meta.dirname, '..', 'samples');
/** A large file of real code has this many functions. */
const FUNCTIONS = 200;
/** Of code that uses sections at all, one function in this many does. */
const SPARSE = 10;

export function benchSources(): readonly BenchSource[] {
  return [
    sample('csharp/PageFileAllocator/PageFileAllocator.cs', 'tree-sitter-c-sharp', 'byte* pointer = null;'),
    sample('c/page_file_allocator.c', 'tree-sitter-c', 'fill_random(view, options->bytes);'),
    sample('typescript/page-file-allocator.ts', 'tree-sitter-typescript', 'fillRandom(view, options.bytes);'),
    made('Sparse.cs', 'tree-sitter-c-sharp', csharpFile(SPARSE), 'view.Write(offset, offset * 100);'),
    made('Dense.cs', 'tree-sitter-c-sharp', csharpFile(1), 'view.Write(offset, offset * 100);'),
    made('sparse.c', 'tree-sitter-c', cFile(SPARSE), '(i * 100);'),
    made('dense.c', 'tree-sitter-c', cFile(1), '(i * 100);'),
  ];
}

/** Files of C# and C, half of each, in which one function in ten makes a section; no two functions share a name. */
export function manyFiles(lines: number): readonly Pick<BenchSource, 'file' | 'grammar' | 'text'>[] {
  const files: Pick<BenchSource, 'file' | 'grammar' | 'text'>[] = [];
  for (let made = 0, index = 0; made < lines; index += 1) {
    const inC = index % 2 === 1;
    const text = (inC ? cFile(SPARSE) : csharpFile(SPARSE)).replace(/\b(Made|Fill|Sum|fill_|sum_)/gu, `$1${index}x`);
    files.push({
      file: `/many/${index}.${inC ? 'c' : 'cs'}`,
      grammar: inC ? 'tree-sitter-c' : 'tree-sitter-c-sharp',
      text,
    });
    made += text.split('\n').length;
  }
  return files;
}

function sample(path: string, grammar: GrammarName, typedAfter: string): BenchSource {
  return source(path, `/samples/${path}`, grammar, readFileSync(join(SAMPLES, path), 'utf8'), typedAfter);
}

function made(file: string, grammar: GrammarName, text: string, typedAfter: string): BenchSource {
  return source(`${file} (made)`, `/made/${file}`, grammar, text, typedAfter);
}

/** A number grows, in a statement that stands after the given text. */
function source(title: string, file: string, grammar: GrammarName, text: string, typedAfter: string): BenchSource {
  const cursor = text.indexOf(typedAfter) + typedAfter.length;
  const declare = grammar === 'tree-sitter-typescript' ? 'const typed' : 'long typed';
  return {
    title,
    file,
    grammar,
    text,
    typed: (keystrokes) => `${text.slice(0, cursor)} ${declare} = ${'1'.repeat(keystrokes)};${text.slice(cursor)}`,
  };
}

function csharpFile(everyHowMany: number): string {
  const methods = Array.from({ length: FUNCTIONS }, (_, index) =>
    index % everyHowMany === 0 ? csharpSection(index) : csharpPlain(index),
  );
  return `using System;\nusing System.IO.MemoryMappedFiles;\n\nclass Made\n{\n${methods.join('\n')}}\n`;
}

function csharpSection(index: number): string {
  return `    public long Fill${index}(long bytes, bool keep)
    {
        var map = MemoryMappedFile.CreateNew(null, bytes);
        using (var view = map.CreateViewAccessor())
        {
            for (long offset = 0; offset < bytes; offset += 8)
            {
                view.Write(offset, offset * ${index});
            }
        }
        if (keep && bytes > ${index})
        {
            return bytes;
        }
        map.Dispose();
        return 0;
    }
`;
}

function csharpPlain(index: number): string {
  return `    public long Sum${index}(long[] numbers, bool upwards)
    {
        long sum = ${index};
        foreach (long number in numbers)
        {
            if (upwards && number > sum)
            {
                sum += number * 3;
            }
            else
            {
                Console.WriteLine($"{number} is no more than {sum}");
            }
        }
        return sum;
    }
`;
}

function cFile(everyHowMany: number): string {
  const functions = Array.from({ length: FUNCTIONS }, (_, index) =>
    index % everyHowMany === 0 ? cSection(index) : cPlain(index),
  );
  return `#include <windows.h>\n\n${functions.join('\n')}`;
}

function cSection(index: number): string {
  return `int fill_${index}(SIZE_T bytes, int keep)
{
    HANDLE map = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, (DWORD)bytes, NULL);
    if (map == NULL) {
        return -1;
    }
    unsigned char *view = MapViewOfFile(map, FILE_MAP_WRITE, 0, 0, bytes);
    if (view == NULL) {
        CloseHandle(map);
        return -1;
    }
    for (SIZE_T i = 0; i < bytes; i++) {
        view[i] = (unsigned char)(i * ${index});
    }
    UnmapViewOfFile(view);
    if (keep && bytes > ${index}) {
        return 1;
    }
    CloseHandle(map);
    return 0;
}
`;
}

function cPlain(index: number): string {
  return `int sum_${index}(const int *numbers, int count, int upwards)
{
    int sum = ${index};
    for (int i = 0; i < count; i++) {
        if (upwards && numbers[i] > sum) {
            sum += numbers[i] * 3;
        } else {
            printf("%d is no more than %d\\n", numbers[i], sum);
        }
    }
    return sum;
}
`;
}

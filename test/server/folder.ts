/** A workspace folder on disk that a test may change, and the sources that tests put there. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export class Folder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** @param files texts by names below the folder */
  static async with(files: Readonly<Record<string, string | Uint8Array>>): Promise<Folder> {
    // Where the system's folder for temporary files is a link, editors name what it leads to.
    const folder = new Folder(await mkdtemp(join(await realpath(tmpdir()), 'section-leaks-')));
    for (const [name, text] of Object.entries(files)) {
      await folder.write(name, text);
    }
    return folder;
  }

  file(name: string): string {
    return join(this.path, name);
  }

  async write(name: string, text: string | Uint8Array): Promise<void> {
    await mkdir(dirname(this.file(name)), { recursive: true });
    await writeFile(this.file(name), text);
  }

  async remove(name = '.'): Promise<void> {
    await rm(this.file(name), { recursive: true, force: true });
  }
}

/** A class whose only method makes a section on line 4 (counted from 0) and forgets it. */
export function leaking(className = 'Leaking'): string {
  return `using System.IO.MemoryMappedFiles;

internal static class ${className} {
    internal static void Run() {
        var map = MemoryMappedFile.CreateNew(null, 4096);
        map.CreateViewAccessor().Dispose();
    }
}
`;
}

/** The same, closed at its end. */
export function closed(className = 'Closed'): string {
  return leaking(className).replace('.Dispose();\n', `.Dispose();\n${RELEASE}`);
}

export const LEAKING_LINE = 4;
export const RELEASE = '        map.Dispose();\n';

/** Where `RELEASE` goes in the leaking class. */
export const RELEASE_RANGE = { start: { line: 6, character: 0 }, end: { line: 6, character: 0 } };

/** A class that gives the section to a function that nothing is known of. */
export function uncertain(className = 'Uncertain'): string {
  return leaking(className).replace('map.CreateViewAccessor().Dispose();', 'Elsewhere.Keep(map);');
}

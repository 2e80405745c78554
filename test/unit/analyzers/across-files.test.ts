/** What one file has to know of another one; the same findings in whatever order the files come. */
import assert from 'node:assert/strict';
import type { Grammars } from '../../../src/analyzers/languages/grammars.ts';
import { createWorkspace } from '../../../src/analyzers/workspace.ts';
import { loadInstalledGrammars } from '../../../src/lint/grammars.ts';

type Files = Readonly<Record<string, string>>;

const MAKE = 'CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, bytes, nullptr)';

describe('findings across files', () => {
  let grammars: Grammars;
  before(async () => {
    grammars = await loadInstalledGrammars();
  });

  function inOrder(files: readonly (readonly [string, string])[]): readonly string[] {
    const workspace = createWorkspace(grammars);
    for (const [file, text] of files) workspace.setText(file, text);
    return workspace
      .files()
      .flatMap((file) => workspace.analyze(file).findings)
      .map(({ file, range, rule }) => `${file}:${range.start.line + 1} ${rule}`);
  }

  function findings(files: Files): readonly string[] {
    const entries = Object.entries(files);
    const found = inOrder(entries);
    assert.deepEqual(inOrder(entries.toReversed()), found);
    return found;
  }

  it('a field of an owner type that a header declares is silent', () => {
    const files = {
      'guard.h': 'class Guard { HANDLE h_; public: ~Guard() { CloseHandle(h_); } Guard &operator=(HANDLE h); };',
      'image.h': '#include "guard.h"\nclass Image { Guard map_; public: void load(DWORD bytes); };',
      'image.cpp': `#include "image.h"\nvoid Image::load(DWORD bytes) { map_ = ${MAKE}; }`,
    };
    assert.deepEqual(findings(files), []);
  });

  it('a raw field of the same shape is found', () => {
    const files = {
      'image.h': 'class Image { HANDLE map_; public: void load(DWORD bytes); };',
      'image.cpp': `#include "image.h"\nvoid Image::load(DWORD bytes) { map_ = ${MAKE}; }`,
    };
    assert.deepEqual(findings(files), ['image.cpp:2 section-never-closed']);
  });

  it('what the only caller in another file forgets is told at the acquiring call', () => {
    const files = {
      'make.cpp': `HANDLE make(DWORD bytes) {\n  HANDLE made = ${MAKE};\n  return made;\n}`,
      'use.cpp': 'void use() {\n  HANDLE section = make(5);\n  if (!section) return;\n}',
    };
    assert.deepEqual(findings(files), ['make.cpp:2 section-never-closed']);
  });

  it('with a second caller each is told by itself', () => {
    const files = {
      'make.cpp': `HANDLE make(DWORD bytes) {\n  HANDLE made = ${MAKE};\n  return made;\n}`,
      'other.cpp': 'void other() {\n  HANDLE section = make(5);\n  if (section) CloseHandle(section);\n}',
      'use.cpp': 'void use() {\n  HANDLE section = make(5);\n  if (!section) return;\n}',
    };
    assert.deepEqual(findings(files), ['use.cpp:2 section-never-closed']);
  });

  it('an object whose class in another file forgets the view is found', () => {
    const files = {
      'Info.cs': [
        'using System.IO.MemoryMappedFiles;',
        'class Info : System.IDisposable {',
        '  public MemoryMappedFile Map; public MemoryMappedViewAccessor View;',
        '  public void Dispose() { Map.Dispose(); }',
        '}',
      ].join('\n'),
      'Load.cs': [
        'using System.IO.MemoryMappedFiles;',
        'class Load {',
        '  void Into(Song song) {',
        '    var info = new Info();',
        '    info.Map = MemoryMappedFile.OpenExisting("a");',
        '    info.View = info.Map.CreateViewAccessor();',
        '    song.Info = info;',
        '  }',
        '}',
      ].join('\n'),
    };
    assert.deepEqual(findings(files), ['Load.cs:6 view-never-unmapped']);
  });

  it('a partial class is one class', () => {
    const files = {
      'Open.cs':
        'using System.IO.MemoryMappedFiles;\npartial class Both { MemoryMappedFile map; void Open() { map = MemoryMappedFile.OpenExisting("a"); } }',
      'Close.cs': 'partial class Both : System.IDisposable { public void Dispose() { map?.Dispose(); } }',
    };
    assert.deepEqual(findings(files), []);
  });
});

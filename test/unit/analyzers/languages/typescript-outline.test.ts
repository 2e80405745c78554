/** What the outline of a TypeScript or JavaScript file says: classes, functions, what is broken. */
import assert from 'node:assert/strict';
import { TSX, TYPESCRIPT } from '../../../../src/analyzers/languages/typescript/index.ts';
import { SourceReader } from './graphs-of.ts';

describe('TypeScript outline', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(TYPESCRIPT);
  });

  function functionsOf(text: string, by = reader): readonly string[] {
    return by.read(text, ({ functions }) =>
      functions.map(({ qualifiedName, broken }) => qualifiedName + (broken ? ' broken' : '')),
    );
  }

  it('classes with bases, fields declared, made by parameters and by assignment, and statics', () => {
    const classes = reader.read(
      `export class A<T> extends lib.Base<T> implements Disposable {
        static all: number[] = [];
        #own = 1;
        constructor(private readonly view: View, plain: number) { this.made = plain; }
      }
      const B = class { };`,
      (outline) => outline.classes,
    );
    assert.deepEqual(classes, [
      { name: 'A', bases: ['Base'], fields: ['all', '#own', 'view', 'made'], staticFields: ['all'], owningFields: [] },
      { name: 'B', bases: [], fields: [], staticFields: [], owningFields: [] },
    ]);
  });

  it('every function is one of its own, after the one around it', () => {
    assert.deepEqual(
      functionsOf(`
        function f() { const g = () => function () {}; }
        class A { m() { list.map((x) => x); } }
        describe('x', () => { it('y', async function named() {}); });
      `),
      ['<top>', 'f', 'f.g', 'f.g.<lambda>', 'A.m', 'A.m.<lambda>', '<lambda>', '<lambda>.named'].toSorted((a, b) =>
        // The module's statements begin with the first one that runs: the call.
        a === '<top>' ? (b.startsWith('<lambda>') ? -1 : 1) : b === '<top>' ? (a.startsWith('<lambda>') ? 1 : -1) : 0,
      ),
    );
  });

  it('declarations alone are no statements of the module', () => {
    assert.deepEqual(functionsOf(`import a from 'a'; export function f() {} class A {} interface I {} type T = 1;`), [
      'f',
    ]);
  });

  it('a function that does not parse is broken, the ones around it are not', () => {
    assert.deepEqual(functionsOf('function a() { f(; }\nfunction b() { g(); }\nclass C { d() { h( } e() { k(); } }'), [
      'a broken',
      'b',
      'C.d broken',
      'C.e',
    ]);
  });

  it('entry points are the module and its main', () => {
    assert.deepEqual(
      reader.graphs('main(); function main() {} class A { main() {} }').map(({ isEntryPoint }) => isEntryPoint),
      [true, true, false],
    );
  });

  it('JSX is read by its own grammar', async () => {
    const text = 'const view = <Panel onClose={() => close(fd)}>{render()}</Panel>;';
    assert.deepEqual(functionsOf(text, await SourceReader.for(TSX)), ['<top>', '<lambda>']);
  });

  it('what a graph depends on besides its text is its context', () => {
    const context = (text: string): string | undefined =>
      reader.read(text, ({ functions }) => functions.find(({ name }) => name === 'f')?.context);
    const plain = context('function f() { make(); }');
    assert.equal(context('let other = 1; function f() { make(); }'), plain);
    assert.notEqual(context(`const make = lib.func('int memfd_create()'); function f() { make(); }`), plain);
    assert.notEqual(context('function g(make) { function f() { make(); } }'), plain);
  });
});

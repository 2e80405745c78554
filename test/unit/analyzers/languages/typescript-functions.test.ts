/** Functions that a TypeScript file has, and the graphs of those that are not plain functions. */
import assert from 'node:assert/strict';
import { TYPESCRIPT } from '../../../../src/analyzers/languages/typescript/index.ts';
import { withoutMargin } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';

describe('TypeScript functions', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(TYPESCRIPT);
  });

  function draws(source: string, graph: string): void {
    assert.equal(reader.draw(source), withoutMargin(graph));
  }

  it('constructors, fields, methods', () => {
    draws(
      `
        class A extends B<C> {
          handle = memfd_create('a', 0);
          release = () => close(this.handle);
          static { init(); }
          constructor(private readonly view: View, name = 'x') { super(view); }
          [Symbol.dispose]() { this.release(); }
        }
      `,
      `
        A.<field>()
        0:
          S.handle = memfd_create("a", null)
          return (implicit)
        A.release()
        0:
          t1 = close(S.handle)
          return t1
        A.<static>()
        0:
          init()
          return (implicit)
        A..ctor(view: View, name)
        0:
          S.view <- view
          B..ctor(view)
          return (implicit)
        A.Symbol.dispose()
        0:
          S.release()
          return (implicit)
      `,
    );
  });

  it('functions are called by the name of what holds them', () => {
    draws(
      `
        const open = (name: string) => memfd_create(name, 0);
        exports.release = function (section) { close(section); };
        const api = { keep(section) { all.push(section); }, drop: (section) => close(section) };
        Section.prototype.close = function () { close(this.handle); };
        export default function () { }
      `,
      `
        <top>()
        0:
          G.open <- closure \`(name: string) => memfd_create(name, 0)\`
          G.exports.release <- closure \`function (section) { close(section); }\`
          G.api <- fresh
          G.api.drop <- closure \`(section) => close(section)\`
          G.Section.prototype.close <- closure \`function () { close(this.handle); }\`
          return (implicit)
        open(name)
        0:
          t1 = memfd_create(name, null)
          return t1
        release(section)
        0:
          close(section)
          return (implicit)
        keep(section)
        0:
          G.all.push(section)
          return (implicit)
        drop(section)
        0:
          t1 = close(section)
          return t1
        Section.close()
        0:
          close(S.handle)
          return (implicit)
        default()
        0:
          return (implicit)
      `,
    );
  });

  it('closures know the locals around them', () => {
    draws(
      `
        function f(section) {
          const view = map(section);
          function release() { unmap(view); }
          return { close: () => { release(); close(section); } };
        }
      `,
      `
        f(section)
        0:
          view = map(section)
          t1 <- fresh
          t1.close <- closure \`() => { release(); close(section); }\`
          t2 <- t1
          end view
          return t2
        captured view, section
        f.release()
        0:
          unmap(C.view)
          return (implicit)
        f.close()
        0:
          release()
          close(C.section)
          return (implicit)
      `,
    );
  });

  it('a block of the module has locals, the module has none', () => {
    draws(
      `
        let shared = 0;
        {
          const local = memfd_create('a', 0);
          later(() => { use(local, shared); });
        }
      `,
      `
        <top>()
        0:
          G.shared <- null
          local = memfd_create("a", null)
          later(closure \`() => { use(local, shared); }\`)
          end local
          return (implicit)
        captured local
        <lambda>()
        0:
          use(C.local, G.shared)
          return (implicit)
      `,
    );
  });

  it('namespaces', () => {
    draws(
      `
        namespace N {
          export function f() { g(); }
        }
      `,
      `
        <top>()
        0:
          return (implicit)
        N.f()
        0:
          g()
          return (implicit)
      `,
    );
  });
});

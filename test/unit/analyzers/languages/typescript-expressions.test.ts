/** Graphs of TypeScript expressions: calls, places, choices, objects. */
import assert from 'node:assert/strict';
import { TYPESCRIPT } from '../../../../src/analyzers/languages/typescript/index.ts';
import { withoutMargin } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';

describe('TypeScript expressions', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(TYPESCRIPT);
  });

  function draws(source: string, graph: string): void {
    assert.equal(reader.draw(source), withoutMargin(graph));
  }

  it('native functions are called by the name in their prototype', () => {
    draws(
      `
        import koffi from 'koffi';
        const lib = koffi.load('kernel32.dll');
        const CreateFileMappingW = lib.func('void *CreateFileMappingW(void *file)');
        const closeIt = lib.func('__stdcall', 'CloseHandle', 'bool', ['void *']);
        const api = { map: lib.func('MapViewOfFile', 'void *', ['void *']) };
        function make() {
          const section = CreateFileMappingW(-1n);
          api.map(section);
          closeIt(section);
        }
      `,
      `
        <top>()
        0:
          G.lib = G.koffi.load("kernel32.dll")
          G.CreateFileMappingW = G.lib.func("void *CreateFileMappingW(void *file)")
          t1 <- fresh
          t1[] <- "void *"
          G.closeIt = G.lib.func("__stdcall", "CloseHandle", "bool", t1)
          G.api <- fresh
          t2 <- fresh
          t2[] <- "void *"
          G.api.map = G.lib.func("MapViewOfFile", "void *", t2)
          return (implicit)
        make()
        0:
          section = CreateFileMappingW(minus-one)
          api.MapViewOfFile(section)
          CloseHandle(section)
          end section
          return (implicit)
      `,
    );
  });

  it('a native function is known in whatever object it is declared', () => {
    draws(
      `
        function make(api) {
          const section = api.kernel32.CreateFileMappingW(-1n);
          fs.closeSync(3);
          socket.close();
          process.exit();
        }
      `,
      `
        make(api)
        0:
          section = api.kernel32.CreateFileMappingW(minus-one)
          fs.closeSync(3)
          G.socket.close()
          process.exit()
          end section
          return (implicit)
      `,
    );
  });

  it('imports under another name, namespaces', () => {
    draws(
      `
        import { release as free } from './sections.js';
        import * as sections from './sections.js';
        function f(section) {
          free(section);
          sections.keep(section);
          Registry.keep(section);
        }
      `,
      `
        f(section)
        0:
          release(section)
          keep(section)
          Registry.keep(section)
          return (implicit)
      `,
    );
  });

  it('names of the module and of this', () => {
    draws(
      `
        const kept = [];
        class A {
          static shared = 0;
          #own = 0;
          f() {
            kept.push(this.#own);
            A.shared = this['other'];
          }
        }
      `,
      `
        <top>()
        0:
          G.kept <- fresh
          return (implicit)
        A.f()
        0:
          G.kept.push(S.#own)
          S.shared <- S.other
          return (implicit)
      `,
    );
  });

  it('accessors stand for their field, or are calls', () => {
    draws(
      `
        class A {
          get handle() { return this.h; }
          set handle(value) { this.h = value; }
          get made() { return (this.h ??= memfd_create('a', 0)); }
          f() {
            this.handle = memfd_create('a', 0);
            close(this.handle);
            close(this.made);
          }
        }
      `,
      `
        A.get_handle()
        0:
          t1 <- S.h
          return t1
        A.set_handle(value)
        0:
          S.h <- value
          return (implicit)
        A.get_made()
        0:
          if S.h is null -> 1 else 2
        1:
          S.h = memfd_create("a", null)
          goto 2
        2:
          t1 <- S.h
          return t1
        A.f()
        0:
          S.h = memfd_create("a", null)
          close(S.h)
          t1 = S.get_made()
          close(t1)
          return (implicit)
      `,
    );
  });

  it('transparent wrappings', () => {
    draws(
      `
        async function f(a) {
          const b = (a as Section)!;
          const c = await open();
          const d = Number(b) satisfies number;
          const e = <bigint>koffi.address(d);
        }
      `,
      `
        f(a)
        0:
          b <- a
          c = open()
          d <- b
          e <- d
          end b, c, d, e
          return (implicit)
      `,
    );
  });

  it('objects, arrays and what is spread into them', () => {
    draws(
      `
        function f(section, view, others) {
          const owner = { section, view: view, 'a.b': 1, [key]: section, close() { close(section); } };
          const all = [section, ...others];
          const copy = { ...owner };
          return { all, copy };
        }
      `,
      `
        f(section, view, others)
        0:
          owner <- fresh
          owner.section <- section
          owner.view <- view
          owner.a_b <- 1
          owner[] <- section
          all <- fresh
          all[] <- section
          all[] <- others[]
          copy <- owner
          t1 <- fresh
          t1.all <- all
          t1.copy <- copy
          t2 <- t1
          end owner, all, copy
          return t2
        captured section
        f.close()
        0:
          close(C.section)
          return (implicit)
      `,
    );
  });

  it('collections and new objects', () => {
    draws(
      `
        function f(section) {
          const kept = new Map();
          kept.set('a', section);
          const holder = new Holder(section);
          new Watcher(holder);
          return new Set([section]);
        }
      `,
      `
        f(section)
        0:
          kept <- fresh
          kept.set("a", section)
          holder = new Holder(section)
          new Watcher(holder)
          t1 <- fresh
          t1[] <- section
          t2 <- fresh
          t2[] <- t1[]
          t3 <- t2
          end kept, holder
          return t3
      `,
    );
  });

  it('patterns take values apart', () => {
    draws(
      `
        function f({ section, view: { address = 0 }, ...rest }, [first], last = make()) {
          const { a, b: [c] } = make();
          ({ a: this.a, c: rest.c } = a);
        }
      `,
      `
        f({}, {}'2, last)
        0:
          section <- {}.section
          address <- {}.view.address
          rest <- {}
          first <- {}'2[]
          if last is null -> 1 else 2
        1:
          last = make()
          goto 2
        2:
          t1 = make()
          a <- t1.a
          c <- t1.b[]
          S.a <- a.a
          rest.c <- a.c
          end a, c
          return (implicit)
      `,
    );
  });

  it('optional chains', () => {
    draws(
      `
        function f(map) {
          map?.close();
          return map?.view.address(1) ?? 0;
        }
      `,
      `
        f(map)
        0:
          if map is null -> 1 else 6
        1:
          if map is null -> 2 else 4
        2:
          t1 <- null
          goto 3
        3:
          t2 <- t1
          return t2
        4:
          t3 = map.view.address(1)
          if t3 is null -> 2 else 5
        5:
          t1 <- t3
          goto 3
        6:
          map.close()
          goto 1
      `,
    );
  });

  it('choices', () => {
    draws(
      `
        function f(a, b, c) {
          const d = a ? b : c;
          const e = a || b;
          c ??= memfd_create('c', 0);
          a && close(a);
          return a !== null && b !== -1;
        }
      `,
      `
        f(a, b, c)
        0:
          if a is true -> 1 else 14
        1:
          d <- b
          goto 2
        2:
          if a is true -> 3 else 13
        3:
          e <- a
          goto 4
        4:
          if c is null -> 5 else 6
        5:
          c = memfd_create("c", null)
          goto 6
        6:
          if a is true -> 7 else 8
        7:
          close(a)
          goto 8
        8:
          if a is null -> 9 else 11
        9:
          t1 <- false
          goto 10
        10:
          t2 <- t1
          end d, e
          return t2
        11:
          if b is minus-one -> 9 else 12
        12:
          t1 <- true
          goto 10
        13:
          e <- b
          goto 4
        14:
          d <- c
          goto 2
      `,
    );
  });

  it('counters change, addresses stay in what they point into', () => {
    draws(
      `
        function f(view, bytes) {
          let n = 0;
          n += bytes;
          n++;
          let at = view + n;
          at += 8;
        }
      `,
      `
        f(view, bytes)
        0:
          n <- null
          n <- \`n += bytes\`
          n <- \`n++\`
          at <- view
          end n, at
          return (implicit)
      `,
    );
  });

  it("an array of one element gets a native function's result", () => {
    draws(
      `
        function f() {
          const out = [null];
          const status = NtCreateSection(out, 1);
          if (status >= 0) NtClose(out[0]);
        }
      `,
      `
        f()
        0:
          out <- fresh
          out[] <- null
          status = NtCreateSection(&out[], 1)
          if status is negative -> 1 else 2
        1:
          end out, status
          return (implicit)
        2:
          NtClose(out[])
          goto 1
      `,
    );
  });

  it('closures capture, methods that are given away too', () => {
    draws(
      `
        function f(section, other) {
          process.on('exit', () => close(section));
          register(other.close);
          return function () { use(section); };
        }
      `,
      `
        f(section, other)
        0:
          G.process.on("exit", closure \`() => close(section)\`)
          register(closure other)
          return closure \`function () { use(section); }\`
        captured other, section
        f.<lambda>()
        0:
          t1 = close(C.section)
          return t1
        f.<lambda>()
        0:
          use(C.section)
          return (implicit)
      `,
    );
  });

  it('elements', () => {
    draws(
      `
        function f(stack, named) {
          close(stack.pop());
          close(named.get('a'));
          close(stack[0]);
        }
      `,
      `
        f(stack, named)
        0:
          t1 = stack.pop()
          t1 <- stack[]
          close(t1)
          t2 = named.get("a")
          t2 <- named[]
          close(t2)
          close(stack[])
          return (implicit)
      `,
    );
  });

  it('constants', () => {
    draws(
      `
        function f() {
          g('a', \`b\`, null, undefined, 0, 0n, -1, -1n, 0xffffffffffffffffn, true, 3, /x/u, void 0);
          g(\`text \${h()}\`);
        }
      `,
      `
        f()
        0:
          g("a", "b", null, null, null, null, minus-one, minus-one, minus-one, true, 3, /x/u, null)
          t1 = h()
          g(\`\`text \${h()}\`\`)
          return (implicit)
      `,
    );
  });

  it('a test for null of an optional chain tests its parts', () => {
    draws(
      `
        function f(o) {
          const fd = o?.fd ?? memfd_create('a', 0);
          if (o?.fd === undefined) close(fd);
        }
      `,
      `
        f(o)
        0:
          if o is null -> 1 else 6
        1:
          fd = memfd_create("a", null)
          goto 2
        2:
          if o is null -> 3 else 5
        3:
          close(fd)
          goto 4
        4:
          end fd
          return (implicit)
        5:
          if o.fd is null -> 3 else 4
        6:
          if o.fd is null -> 1 else 7
        7:
          fd <- o.fd
          goto 2
      `,
    );
  });
});

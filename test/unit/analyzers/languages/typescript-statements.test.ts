/** Graphs of TypeScript statements and conditions. */
import assert from 'node:assert/strict';
import { TYPESCRIPT } from '../../../../src/analyzers/languages/typescript/index.ts';
import { withoutMargin } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';

describe('TypeScript statements', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(TYPESCRIPT);
  });

  function draws(source: string, graph: string): void {
    assert.equal(reader.draw(source), withoutMargin(graph));
  }

  it('using releases at the end of the block', () => {
    draws(
      `
        function f() {
          using a = open();
          a.use();
          await using b = open();
        }
      `,
      `
        f()
        0:
          a = open()
          goto 1
        1 !3:
          a.use()
          b = open()
          implicit b.Symbol.asyncDispose()
          goto 2
        2:
          implicit a.Symbol.dispose()
          end b
          end a
          return (implicit)
        3:
          end b
          implicit a.Symbol.dispose()
          throw (implicit)
      `,
    );
  });

  it('finally runs on return, a catch takes all', () => {
    draws(
      `
        function f() {
          const section = memfd_create('a', 0);
          try {
            if (work(section)) return 1;
          } catch (error) {
            throw new Failure(error);
          } finally {
            close(section);
          }
          return 0;
        }
      `,
      `
        f()
        0:
          section = memfd_create("a", null)
          goto 1
        1 !4:
          t1 = work(section)
          if t1 is true -> 2 else 3
        2:
          close(section)
          end section
          return 1 (braceless)
        3:
          close(section)
          end section
          return null
        4 !6:
          t2 = new Failure(error)
          end error
          goto 5
        5:
          close(section)
          end section
          throw t2
        6:
          end error
          close(section)
          throw (implicit)
      `,
    );
  });

  it('a catch without a binding', () => {
    draws(
      `
        function f() {
          try { g(); } catch { }
          h();
        }
      `,
      `
        f()
        0 !1:
          g()
          goto 1
        1:
          h()
          return (implicit)
      `,
    );
  });

  it('for of assigns each element, whatever it is filtered by', () => {
    draws(
      `
        function f(sections, named) {
          for (const section of sections) close(section);
          for (const section of [...sections].reverse().filter((s) => s > 0)) close(section);
          for (const [name, section] of named) close(section);
          for (const section of named.values()) close(section);
          for (const section of Object.values(named)) close(section);
          for (const key in named) g(key);
        }
      `,
      `
        f(sections, named)
        0:
          goto 1
        1:
          if loop over sections[] -> 2 else 3
        2:
          section <- sections[]
          close(section)
          end section
          goto 1
        3:
          if loop over sections[] -> 4 else 5
        4:
          section'2 <- sections[]
          close(section'2)
          end section'2
          goto 3
        5:
          if loop over named[] -> 6 else 7
        6:
          section'3 <- named[]
          close(section'3)
          end name, section'3
          goto 5
        7:
          if loop over named[] -> 8 else 9
        8:
          section'4 <- named[]
          close(section'4)
          end section'4
          goto 7
        9:
          if loop over named[] -> 10 else 11
        10:
          section'5 <- named[]
          close(section'5)
          end section'5
          goto 9
        11:
          if \`named\` -> 12 else 13
        12:
          g(key)
          end key
          goto 11
        13:
          return (implicit)
        f.<lambda>(s)
        0:
          if \`s > 0\` -> 1 else 3
        1:
          t1 <- true
          goto 2
        2:
          return t1
        3:
          t1 <- false
          goto 2
      `,
    );
  });

  it('a counting loop over elements is not skipped', () => {
    draws(
      `
        function f(sections) {
          for (let i = 0; i < sections.length; i++) close(sections[i]);
          while (sections.length > 0) close(sections.pop());
        }
      `,
      `
        f(sections)
        0:
          i <- null
          goto 1
        1:
          if loop over sections[] -> 2 else 3
        2:
          close(sections[])
          i <- \`i++\`
          goto 1
        3:
          end i
          goto 4
        4:
          if loop over sections[] -> 5 else 6
        5:
          t1 = sections.pop()
          t1 <- sections[]
          close(t1)
          goto 4
        6:
          return (implicit)
      `,
    );
  });

  it('loops with labels', () => {
    draws(
      `
        function f() {
          outer: for (;;) {
            do {
              if (g()) continue outer;
              if (h()) break outer;
            } while (k());
          }
        }
      `,
      `
        f()
        0:
          goto 1
        1:
          t1 = g()
          if t1 is true -> 1 else 2
        2:
          t2 = h()
          if t2 is true -> 3 else 4
        3:
          return (implicit)
        4:
          t3 = k()
          if t3 is true -> 1 else 1
      `,
    );
  });

  it('switch falls through', () => {
    draws(
      `
        function f(a) {
          switch (a) {
            case null:
            case 1:
              g();
            default:
              return;
            case 2:
              break;
          }
          h();
        }
      `,
      `
        f(a)
        0:
          if a is null -> 1 else 3
        1:
          g()
          goto 2
        2:
          return
        3:
          if \`a is 1\` -> 1 else 4
        4:
          if \`a is 2\` -> 5 else 2
        5:
          h()
          return (implicit)
      `,
    );
  });

  it('conditions on handles', () => {
    draws(
      `
        function f(h, status) {
          if (!h) g(1);
          if (h === null || h == undefined || typeof h === 'undefined') g(2);
          if (h === -1) g(3);
          if (h < 0) g(4);
          if (h instanceof Section) g(5);
          if ((h = open()) === INVALID_HANDLE_VALUE) return;
        }
      `,
      `
        f(h, status)
        0:
          if h is true -> 1 else 15
        1:
          if h is null -> 2 else 13
        2:
          g(2)
          goto 3
        3:
          if h is minus-one -> 4 else 5
        4:
          g(3)
          goto 5
        5:
          if h is negative -> 6 else 7
        6:
          g(4)
          goto 7
        7:
          if h is null -> 8 else 11
        8:
          h = open()
          if h is minus-one -> 9 else 10
        9:
          return (braceless)
        10:
          return (implicit)
        11:
          if \`h instanceof Section\` -> 12 else 8
        12:
          g(5)
          goto 8
        13:
          if h is null -> 2 else 14
        14:
          if h is null -> 2 else 3
        15:
          g(1)
          goto 1
      `,
    );
  });

  it('else if, braceless exits', () => {
    draws(
      `
        function f(a) {
          if (a) return 1;
          else if (g()) throw new E();
          else { return 2; }
        }
      `,
      `
        f(a)
        0:
          if a is true -> 1 else 2
        1:
          return 1 (braceless)
        2:
          t1 = g()
          if t1 is true -> 3 else 4
        3:
          t2 = new E()
          throw t2 (braceless)
        4:
          return 2
      `,
    );
  });

  it('var belongs to the whole function', () => {
    draws(
      `
        function f(a) {
          if (a) {
            var section = memfd_create('a', 0);
          }
          close(section);
        }
      `,
      `
        f(a)
        0:
          if a is true -> 1 else 2
        1:
          section = memfd_create("a", null)
          goto 2
        2:
          close(section)
          return (implicit)
      `,
    );
  });

  it('yield hands an element over', () => {
    draws(
      `
        function* f() {
          const a = open();
          const b = yield a;
        }
      `,
      `
        f()
        0:
          a = open()
          b = yield(a)
          end a, b
          return (implicit)
      `,
    );
  });

  it("a module's statements work on the module's names", () => {
    draws(
      `
        const section = memfd_create('a', 0);
        try {
          const inner = section;
          use(inner);
        } finally {
          close(section);
        }
        export default section;
      `,
      `
        <top>()
        0:
          G.section = memfd_create("a", null)
          goto 1
        1 !3:
          inner <- G.section
          use(inner)
          end inner
          goto 2
        2:
          close(G.section)
          G.default <- G.section
          return (implicit)
        3:
          end inner
          close(G.section)
          throw (implicit)
      `,
    );
  });

  it("using in a loop's head releases each element", () => {
    draws(
      `
        function f(all) {
          for (using one of all) one.use();
        }
      `,
      `
        f(all)
        0:
          goto 1
        1:
          if loop over all[] -> 2 else 5
        2 !4:
          one <- all[]
          one.use()
          goto 3
        3:
          implicit one.Symbol.dispose()
          end one
          goto 1
        4:
          implicit one.Symbol.dispose()
          throw (implicit)
        5:
          return (implicit)
      `,
    );
  });
});

/** Graphs of Python. */
import assert from 'node:assert/strict';
import { PYTHON } from '../../../../src/analyzers/languages/python/index.ts';
import { withoutMargin } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';

describe('Python', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(PYTHON);
  });

  function draws(source: string, graph: string): void {
    assert.equal(reader.draw(source), withoutMargin(graph));
  }

  it('a handle is tested as a condition, and by what it is in', () => {
    draws(
      `
        def open_part(n):
            h = kernel32.CreateFileMappingW(-1, None, 4, 0, n, None)
            if not h or h in (0, INVALID_HANDLE_VALUE):
                raise OSError(n)
            return h
      `,
      `
        open_part(n)
        0:
          h = kernel32.CreateFileMappingW(minus-one, null, 4, null, n, null)
          if h is null -> 1 else 2
        1:
          t1 = OSError(n)
          end h
          throw t1
        2:
          if h is null -> 1 else 3
        3:
          if h is minus-one -> 1 else 4
        4:
          t2 <- h
          end h
          return t2
      `,
    );
  });

  it('with gives back what it names, the last one first', () => {
    draws(
      `
        def guard(n):
            with mmap.mmap(-1, n) as m, closing(x) as y:
                m.close()
      `,
      `
        guard(n)
        0:
          t1 = mmap.mmap(minus-one, n)
          m <- t1
          t2 <- G.x
          y <- t2
          goto 1
        1 !5:
          m.close()
          goto 2
        2 !4:
          implicit t2.__exit__()
          goto 3
        3:
          implicit t1.__exit__()
          end m, y
          return (implicit)
        4:
          implicit t1.__exit__()
          throw (implicit)
        5 !4:
          implicit t2.__exit__()
          goto 4
      `,
    );
  });

  it('finally runs on every way out, else after the body', () => {
    draws(
      `
        def attempt(n):
            try:
                part = f(n)
            except OSError as e:
                return e
            else:
                g(part)
            finally:
                h()
      `,
      `
        attempt(n)
        0 !2:
          part = f(n)
          g(part)
          goto 1
        1:
          h()
          end part, e
          return (implicit)
        2:
          if \`\` -> 3 else 4
        3:
          t1 <- e
          h()
          end part, e
          return t1
        4:
          h()
          throw (implicit)
      `,
    );
  });

  it('loops assign each element, whatever counts them', () => {
    draws(
      `
        def each(all, by):
            for i, h in enumerate(all):
                close(h)
            for key, h in by.items():
                close(h)
            while all:
                close(all.pop())
      `,
      `
        each(all, by)
        0:
          goto 1
        1:
          if loop over all[] -> 2 else 3
        2:
          h <- all[]
          close(h)
          goto 1
        3:
          if loop over by[] -> 4 else 5
        4:
          h <- by[]
          close(h)
          goto 3
        5:
          if loop over all[] -> 6 else 7
        6:
          close(all[])
          goto 5
        7:
          end i, h, key
          return (implicit)
      `,
    );
  });

  it('a comprehension makes a collection, one after the other', () => {
    draws(
      `
        def made(sizes):
            return [f(n) for n in sizes if n]
      `,
      `
        made(sizes)
        0:
          t1 <- fresh
          made@28 <- t1
          goto 1
        1:
          if loop over sizes[] -> 2 else 5
        2:
          n <- sizes[]
          if n is null -> 3 else 4
        3:
          end n
          goto 1
        4:
          t2 = f(n)
          made@28[] <- t2
          goto 3
        5:
          t3 <- made@28
          end made@28
          t4 <- t3
          end n
          return t4
      `,
    );
  });

  it('attributes belong to self, what a collection gives up is closed', () => {
    draws(
      `
        class Pool:
            def __init__(self, n):
                self.parts = {}
                self.first: int = f(n)
            def forget(self, key):
                self.parts.clear()
                del self.parts[key]
      `,
      `
        Pool..ctor(n)
        0:
          t1 <- fresh
          S.parts <- t1
          t2 = f(n)
          S.first <- t2
          return (implicit)
        Pool.forget(key)
        0:
          S.parts[].close()
          S.parts[].close()
          return (implicit)
      `,
    );
  });

  it('a function within a function captures what it uses', () => {
    draws(
      `
        def outer():
            h = f(1)
            def inner():
                close(h)
            return lambda: h
      `,
      `
        outer()
        0:
          h = f(1)
          end h
          return closure \`lambda: h\`
        captured h
        outer.inner()
        0:
          close(C.h)
          return (implicit)
        outer.<lambda>()
        0:
          t1 <- C.h
          return t1
      `,
    );
  });

  it('names belong to the function, unless it says otherwise', () => {
    draws(
      `
        last = None
        def remember(n):
            global last
            last = other = f(n)
            assert other is not None
      `,
      `
        <top>()
        0:
          G.last <- null
          return (implicit)
        remember(n)
        0:
          other = f(n)
          G.last <- other
          if other is null -> 1 else 2
        1:
          end other
          throw
        2:
          end other
          return (implicit)
      `,
    );
  });

  it('shared memory that is made, and that is attached to', () => {
    draws(
      `
        def share(n):
            a = SharedMemory(create=True, size=n)
            b = shared_memory.SharedMemory(name='b')
            send(a.name)
      `,
      `
        share(n)
        0:
          a = SharedMemory.create()
          b = SharedMemory.attach("b")
          t1 = name(a)
          send(t1)
          end a, b
          return (implicit)
      `,
    );
  });
});

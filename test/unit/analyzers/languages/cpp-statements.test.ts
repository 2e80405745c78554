/** Graphs of statements in C++: exceptions, closures, declarations in conditions, coroutines. */
import assert from 'node:assert/strict';
import { CPP } from '../../../../src/analyzers/languages/c/index.ts';
import { withoutMargin } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';

describe('C++ statements', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(CPP);
  });

  function draws(source: string, graph: string): void {
    assert.equal(reader.draw(source), withoutMargin(graph));
  }

  it('catch and throw', () => {
    draws(
      `
        void f(HANDLE h) {
          try {
            a(h);
            if (b()) throw Error("b");
          } catch (const std::exception& error) {
            log(error);
            CloseHandle(h);
            throw;
          }
          try { c(); } catch (...) { CloseHandle(h); }
          if (!h) throw Error{};
        }
      `,
      `
        f(h: HANDLE)
        0 !7:
          a(h)
          t1 = b()
          if t1 is null -> 1 else 6
        1 !5:
          c()
          goto 2
        2:
          if h is null -> 3 else 4
        3:
          t2 <- fresh
          throw t2 (braceless)
        4:
          return (implicit)
        5:
          CloseHandle(h)
          goto 2
        6 !7:
          t3 = Error("b")
          goto 7
        7:
          if \`\` -> 8 else 9
        8:
          log(error)
          CloseHandle(h)
          end error
          throw
        9:
          throw (implicit)
      `,
    );
  });

  it('declare in conditions', () => {
    draws(
      `
        void f() {
          if (HANDLE h = open_one()) CloseHandle(h);
          if (auto fd = memfd_create("a", 0); fd >= 0) close(fd); else return;
          while (auto* next = take()) use(next);
          switch (int n = count(); n) { case 1: one(); }
        }
      `,
      `
        f()
        0:
          h = open_one()
          if h is null -> 1 else 9
        1:
          end h
          fd = memfd_create("a", null)
          if fd is negative -> 2 else 3
        2:
          end fd
          return (braceless)
        3:
          close(fd)
          end fd
          goto 4
        4:
          next = take()
          if next is null -> 5 else 8
        5:
          end next
          n = count()
          if \`case 1\` -> 6 else 7
        6:
          one()
          goto 7
        7:
          end n
          return (implicit)
        8:
          use(next)
          goto 4
        9:
          CloseHandle(h)
          goto 1
      `,
    );
  });

  it('see closures as units of their own', () => {
    draws(
      `
        class Cache {
          HANDLE map_;
          void fill(HANDLE h, int n) {
            auto done = wil::scope_exit([&] { CloseHandle(h); });
            auto later = [this, copy = std::move(h), n](int k) mutable -> bool { if (k > n) UnmapViewOfFile(map_); CloseHandle(copy); return true; };
            run([=] { HANDLE own = open_one(); use(own, n); });
          }
        };
      `,
      `
        Cache.fill(h: HANDLE, n: int)
        0:
          done = wil.scope_exit(closure \`[&] { CloseHandle(h); }\`)
          later <- closure \`[this, copy = std::move(h), n](int k) mutable -> bool { if (k > n) UnmapViewOfFile(map_); CloseHandle(copy); return true\`
          run(closure \`[=] { HANDLE own = open_one(); use(own, n); }\`)
          end done, later
          return (implicit)
        captured h, n
        Cache.fill.<lambda>()
        0:
          CloseHandle(C.h)
          return (implicit)
        Cache.fill.<lambda>(k: int)
        0:
          if \`k > n\` -> 1 else 2
        1:
          UnmapViewOfFile(S.map_)
          goto 2
        2:
          CloseHandle(C.copy)
          return true
        Cache.fill.<lambda>()
        0:
          own = open_one()
          use(own, C.n)
          end own
          return (implicit)
      `,
    );
  });

  it('go through ranges', () => {
    draws(
      `
        void f(const List& list) {
          for (const auto& item : list) use(item);
          for (int i = 0; auto item : make()) use(item, i);
        }
      `,
      `
        f(list: List&)
        0:
          goto 1
        1:
          if loop over list[] -> 2 else 3
        2:
          use(list[])
          goto 1
        3:
          i <- null
          t1 = make()
          goto 4
        4:
          if loop over t1[] -> 5 else 6
        5:
          item <- t1[]
          use(item, i)
          end item
          goto 4
        6:
          end i
          return (implicit)
      `,
    );
  });

  it('leave coroutines', () => {
    draws(
      `
        task f() {
          auto h = co_await open_one();
          co_yield h;
          co_return h;
        }
      `,
      `
        f()
        0:
          h = open_one()
          t1 <- h
          end h
          return t1
      `,
    );
  });

  it('bind the parts of a value', () => {
    draws(
      `
        void f() {
          auto [map, view] = open_both();
          CloseHandle(map);
        }
      `,
      `
        f()
        0:
          t1 = open_both()
          map <- t1.?0
          view <- t1.?1
          CloseHandle(map)
          end map, view
          return (implicit)
      `,
    );
  });

  it('read the words for operators', () => {
    draws(
      `
        void f(HANDLE h, void* v) {
          if (not h or v == nullptr) return;
          if (h and v) use(h);
        }
      `,
      `
        f(h: HANDLE, v: void*)
        0:
          if h is null -> 1 else 2
        1:
          return (braceless)
        2:
          if v is null -> 1 else 3
        3:
          if h is null -> 4 else 5
        4:
          return (implicit)
        5:
          if v is null -> 4 else 6
        6:
          use(h)
          goto 4
      `,
    );
  });

  it('know the functions of a namespace from the methods of a class', () => {
    draws(
      `
        namespace shm { void close_all(); HANDLE map; }
        void shm::close_all() { CloseHandle(map); ::CloseHandle(map); std::terminate(); shm::other(); }
      `,
      `
        shm.close_all()
        0:
          CloseHandle(G.map)
          CloseHandle(G.map)
          std.terminate()
          shm.other()
          return (implicit)
      `,
    );
  });

  it('see what a macro puts into a closure', () => {
    draws(
      `
        #define DEFER(statement) auto deferred = make_defer([&] { statement; })
        void f() {
          HANDLE h = open_one();
          DEFER(CloseHandle(h));
          work();
        }
      `,
      `
        f()
        0:
          h = open_one()
          deferred = make_defer(closure \`[&] { statement; }\`)
          work()
          end h, deferred
          return (implicit)
        captured h
      `,
    );
  });
});

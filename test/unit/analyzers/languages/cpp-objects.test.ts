/** Graphs of C++ objects: owners, constructors, destructors, references, containers. */
import assert from 'node:assert/strict';
import { CPP } from '../../../../src/analyzers/languages/c/index.ts';
import { withoutMargin } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';

describe('C++ objects', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(CPP);
  });

  function draws(source: string, graph: string): void {
    assert.equal(reader.draw(source), withoutMargin(graph));
  }

  it('are owners where their class is not raw', () => {
    draws(
      `
        void f(HANDLE h) {
          wil::unique_handle a(CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, 4, 0, 1, nullptr));
          Guard b{h, 1};
          CHandle c = open_one();
          std::unique_ptr<void, Unmap> d(MapViewOfFile(h, 1, 0, 0, 0));
          Guard e(h);
          Guard g(h, other);
          HANDLE raw(open_one());
          void* view{open_one()};
          c = open_two();
          auto made = std::make_unique<Guard>(h);
          auto plain = open_one();
          take(ScopedHandle(h), std::shared_ptr<void>(h, CloseHandle));
        }
      `,
      `
        f(h: HANDLE)
        0:
          t1 = CreateFileMappingW(minus-one, null, 4, null, 1, null)
          a = new unique_handle(t1)
          b = new Guard(h, 1)
          t2 = open_one()
          c <- t2 (owner)
          t3 = MapViewOfFile(h, 1, null, null, null)
          d = new unique_ptr(t3)
          e = new Guard(h)
          g = new Guard(h, G.other)
          raw = open_one()
          view = open_one()
          t4 = open_two()
          c <- t4 (owner)
          made = new Guard(h)
          plain = open_one()
          t5 = new ScopedHandle(h)
          t6 = new shared_ptr(h, G.CloseHandle)
          take(t5, t6)
          end a, b, c, d, e, g, raw, view, made, plain
          return (implicit)
      `,
    );
  });

  it('initialise their members before the body of the constructor', () => {
    draws(
      `
        class Block : public Base {
        public:
          Block(HANDLE h, int n) : Base(h), map_(CreateFileMappingA(h, 0, 4, 0, n, 0)), guard_(h), size_{n}, view_() { open(); }
          explicit Block(int n) : Block(0, n) {}
          ~Block() { CloseHandle(map_); UnmapViewOfFile(this->view_); }
        private:
          HANDLE map_ = nullptr;
          wil::unique_handle guard_;
          int size_;
          void* view_ = nullptr;
          HANDLE spare_{};
          bool open_ = false;
        };
      `,
      `
        Block..ctor(h: HANDLE, n: int)
        0:
          S.spare_ <- null
          S.open_ <- false
          S|Base..ctor(h)
          S.map_ = CreateFileMappingA(h, null, 4, null, n, null)
          S.guard_ <- h (owner)
          S.size_ <- n
          S.view_ <- null
          open()
          return (implicit)
        Block..ctor(n: int)
        0:
          S|Block..ctor(null, n)
          return (implicit)
        Block.~()
        0:
          CloseHandle(S.map_)
          UnmapViewOfFile(S.view_)
          return (implicit)
      `,
    );
  });

  it('may have their methods outside of the class', () => {
    draws(
      `
        namespace app {
        class Cache { HANDLE map_; static HANDLE shared_; void open(); HANDLE* slot(int n) const; operator bool() const; };
        void Cache::open() { map_ = open_one(); Cache::shared_ = map_; other = map_; Other::field = map_; }
        HANDLE* Cache::slot(int n) const { return &map_; }
        Cache::operator bool() const { return map_ != nullptr; }
        }
        void app::Cache::reset() { map_ = nullptr; }
      `,
      `
        app.Cache.open()
        0:
          S.map_ = open_one()
          S.shared_ <- S.map_
          S.other <- S.map_
          G.field <- S.map_
          return (implicit)
        app.Cache.slot(n: int)
        0:
          return \`&map_\`
        app.Cache.operator bool()
        0:
          if S.map_ is null -> 1 else 3
        1:
          t1 <- false
          goto 2
        2:
          t2 <- t1
          return t2
        3:
          t1 <- true
          goto 2
        app.Cache.reset()
        0:
          S.map_ <- null
          return (implicit)
      `,
    );
  });

  it('are built and destroyed on the heap', () => {
    draws(
      `
        void f(HANDLE h) {
          auto* block = new Block(h);
          block->open();
          delete block;
          HANDLE* all = new HANDLE[4];
          all[0] = h;
          delete[] all;
          new (place) Block(h);
          consume(new Guard{h});
        }
      `,
      `
        f(h: HANDLE)
        0:
          block = new Block(h)
          block.open()
          implicit block.~()
          all <- fresh
          all[] <- h
          implicit all.~()
          t1 = new Block(h)
          t2 = new Guard(h)
          consume(t2)
          end block, all
          return (implicit)
      `,
    );
  });

  it('are taken by reference', () => {
    draws(
      `
        void open_into(HANDLE& out, const Options& options, Guard&& moved) { out = open_one(); }
        void g() {
          HANDLE h;
          open_into(h, {}, Guard());
          HANDLE& alias = h;
          alias = nullptr;
          auto& element = all[0];
          element = h;
        }
      `,
      `
        open_into(out: HANDLE&, options: Options&, moved: Guard&&)
        0:
          out.& = open_one()
          return (implicit)
        g()
        0:
          t1 <- fresh
          t2 = Guard()
          open_into(h, t1, t2)
          h <- null
          G.all[] <- h
          end h
          return (implicit)
      `,
    );
  });

  it('are moved, released and exchanged', () => {
    draws(
      `
        HANDLE f(wil::unique_handle u, Slot& slot) {
          wil::unique_handle v = std::move(u);
          slot.handle = v.release();
          std::swap(slot.handle, slot.other);
          v.reset(open_one());
          take(std::forward<T>(v), std::ref(slot));
          return std::exchange(slot.handle, nullptr);
        }
      `,
      `
        f(u: wil::unique_handle, slot: Slot&)
        0:
          v <- u (owner)
          slot.&.handle = v.release()
          t1 <- slot.&.handle
          slot.&.handle <- slot.&.other
          slot.&.other <- t1
          t2 = open_one()
          v.reset(t2)
          take(v, &slot.&)
          t3 <- slot.&.handle
          slot.&.handle <- null
          t4 <- t3
          end v
          return t4
      `,
    );
  });

  it('collect raw handles, or owners', () => {
    draws(
      `
        void f() {
          std::vector<HANDLE> raw;
          raw.push_back(open_one());
          for (HANDLE h : raw) CloseHandle(h);
          for (auto& h : raw) { CloseHandle(h); h = nullptr; }
          std::vector<wil::unique_handle> owned;
          owned.emplace_back(open_one());
          std::map<int, HANDLE> by_id;
          by_id[1] = open_one();
          for (auto& [id, h] : by_id) CloseHandle(h);
          std::vector<HANDLE> listed{open_one(), open_one()};
        }
      `,
      `
        f()
        0:
          raw <- fresh
          t1 = open_one()
          raw.push_back(t1)
          goto 1
        1:
          if loop over raw[] -> 2 else 3
        2:
          h <- raw[]
          CloseHandle(h)
          end h
          goto 1
        3:
          if loop over raw[] -> 4 else 5
        4:
          CloseHandle(raw[])
          raw[] <- null
          goto 3
        5:
          owned = new vector()
          t2 = open_one()
          owned.emplace_back(t2)
          by_id <- fresh
          by_id[] = open_one()
          goto 6
        6:
          if loop over by_id[] -> 7 else 8
        7:
          CloseHandle(by_id[])
          goto 6
        8:
          listed <- fresh
          listed[] = open_one()
          listed[] = open_one()
          end raw, owned, by_id, listed
          return (implicit)
      `,
    );
  });

  it('are cast', () => {
    draws(
      `
        void f(void* p) {
          auto h = static_cast<HANDLE>(p);
          auto n = reinterpret_cast<uintptr_t>(h);
          HANDLE back = HANDLE(n);
          if (h == reinterpret_cast<HANDLE>(-1)) return;
          UnmapViewOfFile(const_cast<void*>(p));
        }
      `,
      `
        f(p: void*)
        0:
          h <- p
          n <- h
          back <- n
          if h is minus-one -> 1 else 2
        1:
          end h, n, back
          return (braceless)
        2:
          UnmapViewOfFile(p)
          end h, n, back
          return (implicit)
      `,
    );
  });

  it('have types that the file gives other names', () => {
    draws(
      `
        using Map = std::unique_ptr<void, CloseMap>;
        typedef HANDLE map_handle;
        typedef NTSTATUS (NTAPI *CloseFunction)(HANDLE);
        struct Pair { HANDLE map; void* view; };
        using Both = Pair;
        void f() {
          Map owner(open_one());
          map_handle Raw = open_one();
          CloseFunction Close = nullptr;
          Both both{open_one(), nullptr};
          Both later;
          later.map = both.map;
        }
      `,
      `
        f()
        0:
          t1 = open_one()
          owner = new unique_ptr(t1)
          Raw = open_one()
          Close <- null
          both <- fresh
          both.map = open_one()
          both.view <- null
          later <- fresh
          later.map <- both.map
          end owner, Raw, Close, both, later
          return (implicit)
      `,
    );
  });

  it('tell a pointer from the object that it points to', () => {
    draws(
      `
        void f() {
          Pair pair;
          Pair* p = &pair;
          p->map = open_one();
          (*p).view = p->map;
          if (p) fill(p);
        }
      `,
      `
        f()
        0:
          pair = new Pair()
          pair.map = open_one()
          pair.view <- pair.map
          fill(&pair)
          end pair, p
          return (implicit)
      `,
    );
  });
});

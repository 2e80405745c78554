/** Outlines of C and C++ files: classes, the names and owners of functions, what is broken. */
import assert from 'node:assert/strict';
import { C, CPP } from '../../../../src/analyzers/languages/c/index.ts';
import { SourceReader } from './graphs-of.ts';

describe('outlines of C and C++', () => {
  let c: SourceReader;
  let cpp: SourceReader;
  before(async () => {
    c = await SourceReader.for(C);
    cpp = await SourceReader.for(CPP);
  });

  function functions(reader: SourceReader, text: string): readonly string[] {
    return reader.read(text, (outline) =>
      outline.functions.map(({ qualifiedName, owner, broken }) =>
        [qualifiedName, ...(owner === undefined ? [] : [`of ${owner}`]), ...(broken ? ['broken'] : [])].join(' '),
      ),
    );
  }

  function classes(reader: SourceReader, text: string): readonly string[] {
    return reader.read(text, (outline) =>
      outline.classes.map(
        ({ name, bases, fields, owningFields, staticFields }) =>
          `${name}(${bases.join()}): ${fields.join()}; owning ${owningFields.join()}; static ${staticFields?.join() ?? ''}`,
      ),
    );
  }

  it('name functions by their namespaces and classes', () => {
    assert.deepEqual(
      functions(
        cpp,
        `
          static void free_one() {}
          namespace a::b { namespace {
            class Outer {
              class Inner { void deep() {} };
              Outer() {}
              ~Outer() {}
              Outer& operator=(const Outer&) { return *this; }
              template <class T> void generic(T) {}
              friend void helper(Outer&) {}
            };
          } }
          extern "C" { int exported(void) { return 0; } }
          void a::b::Outer::late() {}
          template <class T> T* List<T>::at(int) { return nullptr; }
        `,
      ),
      [
        'free_one',
        'a.b.Outer.Inner.deep of Inner',
        'a.b.Outer..ctor of Outer',
        'a.b.Outer.~ of Outer',
        'a.b.Outer.operator= of Outer',
        'a.b.Outer.generic of Outer',
        'a.b.Outer.helper',
        'exported',
        'a.b.Outer.late of Outer',
        'List.at of List',
      ],
    );
  });

  it('name functions of C through all declarators', () => {
    assert.deepEqual(
      functions(
        c,
        `
          HANDLE *WINAPI open_all(int n) { return 0; }
          int (*choose(int n))(HANDLE) { return 0; }
          static __inline BOOL APIENTRY DllMain(HANDLE h, DWORD reason) { return 1; }
        `,
      ),
      ['open_all', 'choose', 'DllMain'],
    );
  });

  it('tell what the classes hold, and what releases by itself', () => {
    assert.deepEqual(
      classes(
        cpp,
        `
          class Block final : public Base, private ns::Other<int> {
            HANDLE map, *more;
            void* view = nullptr;
            wil::unique_handle owner_;
            std::vector<HANDLE> raw;
            std::vector<wil::unique_handle> owned;
            static int count;
            int size() const;
            void (*callback)(HANDLE);
          };
          struct Plain { int fd; };
          class Declared;
        `,
      ),
      [
        'Block(Base,Other): map,more,view,owner_,raw,owned,count,callback; owning owner_,owned; static count',
        'Plain(): fd; owning ; static ',
      ],
    );
  });

  it('tell structures of C by tag and by the name that a typedef gives', () => {
    assert.deepEqual(
      classes(
        c,
        `
          struct holder { int fd; };
          typedef struct { HANDLE map; } SHARED, *PSHARED;
          typedef struct tag { void *view; } named;
        `,
      ),
      [
        'holder(): fd; owning ; static ',
        'SHARED(): map; owning ; static ',
        'tag(): view; owning ; static ',
        'named(): view; owning ; static ',
      ],
    );
  });

  it('leave out the function that is broken, and no other one', () => {
    assert.deepEqual(
      functions(
        c,
        `
          int first(void) { return 1; }
          int second(void) { int x = ; return x +; }
          int third(void) { return 3; }
        `,
      ),
      ['first', 'second broken', 'third'],
    );
    assert.deepEqual(
      functions(
        cpp,
        `
          class A {
            void one() { CloseHandle(h) }
            void two() { CloseHandle(h); }
          };
          void three() { two(); }
        `,
      ),
      ['A.one of A broken', 'A.two of A', 'three'],
    );
  });

  it('find a function in all branches of a conditional', () => {
    assert.deepEqual(
      functions(
        c,
        `
          #ifdef _WIN32
          void close_it(HANDLE h) { CloseHandle(h); }
          #elif defined(__linux__)
          void close_it(int fd) { close(fd); }
          #else
          void close_it(void) {}
          #endif
        `,
      ),
      ['close_it', 'close_it', 'close_it'],
    );
  });

  it('know the entries of a program', () => {
    const entries = (text: string): readonly string[] =>
      cpp
        .graphs(text)
        .filter(({ isEntryPoint }) => isEntryPoint)
        .map(({ name }) => name);
    assert.deepEqual(
      entries(`
        int main() {} int wmain() {} int WINAPI WinMain(HANDLE a, HANDLE b, char* c, int d) {} int APIENTRY wWinMain() {}
        BOOL DllMain() {} struct A { int main() {} };
      `),
      ['main', 'wmain', 'WinMain', 'wWinMain'],
    );
  });

  it('give a function another context where what it depends on is another', () => {
    const context = (text: string): string =>
      cpp.read(text, ({ functions: units }) => units.find(({ name }) => name === 'f')!.context);
    const plain = context('void f() { CHECK(x); }');
    assert.equal(context('\n\n// a comment\nvoid f() { CHECK(x); }\nvoid g() {}'), plain);
    assert.notEqual(context('#define CHECK(x) if (x) return\nvoid f() { CHECK(x); }'), plain);
    assert.notEqual(context('struct A { HANDLE h; };\nvoid f() { CHECK(x); }'), plain);
    assert.notEqual(context('struct A { void f() { CHECK(x); } };'), plain);
  });

  it('know the types of locals, parameters and fields by the class', () => {
    const [graph] = cpp.graphs(
      'void f(const ns::Block& block, Map* map) { std::unique_ptr<Cache> cache; auto* made = new Store(1); }',
    );
    assert.deepEqual([...graph!.types.values()], ['Block', 'Map', 'Cache', 'Store']);
  });
});

/** What `prepare` takes from C and C++ so that the grammars can read the rest, and what it leaves alone. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { prepare } from '../../../../src/analyzers/languages/c/prepare/prepare.ts';

const CORPUS = join(import.meta.dirname, '..', 'corpus');

function corpus(): string {
  return ['c', 'cpp']
    .flatMap((folder) =>
      readdirSync(join(CORPUS, folder)).map((name) => readFileSync(join(CORPUS, folder, name), 'utf8')),
    )
    .join('\n');
}

function breaks(text: string): readonly number[] {
  return [...text.matchAll(/[\r\n\u2028\u2029]/gu)].map(({ index }) => index);
}

function assertSameShape(text: string, prepared: string): void {
  assert.equal(prepared.length, text.length);
  assert.deepEqual(breaks(prepared), breaks(text));
}

/** What is left, with its white space made short. */
function left(text: string, language: 'c' | 'cpp'): string {
  const prepared = prepare(text, language);
  assertSameShape(text, prepared);
  return prepared.replaceAll(/\s+/gu, ' ').trim();
}

function leaves(text: string, expected: string, language: 'c' | 'cpp' = 'cpp'): void {
  assert.equal(left(text, language), expected);
}

function leavesAlone(text: string, language: 'c' | 'cpp' = 'cpp'): void {
  assert.equal(prepare(text, language), text);
}

describe('annotations in C and C++', () => {
  it('go by their form: SAL, old and new', () => {
    leaves(
      '_Success_(return != 0) BOOL f(_In_ HANDLE h, _Out_writes_bytes_(n) void *p);',
      'BOOL f( HANDLE h, void *p);',
    );
    leaves('int f(__in HANDLE h, __out_bcount(n) void *p, __in_opt char *q);', 'int f( HANDLE h, void *p, char *q);');
    leaves('_IRQL_requires_max_(PASSIVE_LEVEL) NTSTATUS NTAPI Nt(VOID);', 'NTSTATUS Nt(VOID);');
    leaves('struct A { _Field_size_(n) BYTE *data; };', 'struct A { BYTE *data; };');
  });

  it('stay where they are names of variables', () => {
    leavesAlone('void f(int n) { g(__in, n); x = _In_; }');
    leavesAlone('int a = b.__in;');
  });

  it('go where they are words of compilers', () => {
    leaves('__declspec(dllexport) int __stdcall f(void);', 'int f(void);');
    leaves('static int f(int a) __attribute__((unused, format(printf, 1, 2)));', 'static int f(int a) ;');
    leaves('[[nodiscard]] int f();', 'int f();');
    leaves('void f(char * __restrict a, void * __ptr64 b);', 'void f(char * a, void * b);');
    leaves('__pragma(warning(disable: 4))', '');
    leavesAlone('void f() { x = a[[&] { return 1; }()]; }');
  });

  it('go between a type and a name', () => {
    leaves('NTSTATUS NTAPI NtClose(HANDLE h);', 'NTSTATUS NtClose(HANDLE h);');
    leaves('FOO_API void f(int a);', 'void f(int a);');
    leaves('FOO_EXPORT HANDLE WINAPI open(void) {}', 'HANDLE open(void) {}');
    leaves('JNIEXPORT jint JNICALL Java_f(void) {}', 'jint Java_f(void) {}');
    leaves('static FORCEINLINE unsigned int f(void);', 'static unsigned int f(void);');
    leaves('void * WINAPI f(void);', 'void * f(void);');
    leaves('const char *FOO_CALL f(void);', 'const char * f(void);');
    leaves('EXTERN_C BOOL\nAPIENTRY\nDllMain(HANDLE h) {}', 'BOOL DllMain(HANDLE h) {}');
    leaves('foo_inline std::string name() const;', 'std::string name() const;');
    leaves('std::vector<int> FOO_API all();', 'std::vector<int> all();');
    leaves('FOO_API A::Guard A::take(int n) {}', 'A::Guard A::take(int n) {}');
  });

  it('stay where they may be the type or the name', () => {
    leavesAlone('HANDLE open(void);');
    leavesAlone('static HMODULE dll;');
    leavesAlone('DWORD COUNT = 5;');
    leavesAlone('BOOL FOO(int a);');
    leavesAlone('volatile LONG A::count = 1;');
    leavesAlone('bool A::operator<(const A& other) const { return a < b; }');
    leavesAlone('static const char * const kNames = "a";');
    leavesAlone('template <> float load<float>(const void* p) { return 1; }');
    leavesAlone('void f() { return FLAG; x = A * B; y = (A) B; goto OUT; }');
  });

  it('go from parameters', () => {
    leaves('void f(IN HANDLE h, OUT PVOID *p OPTIONAL, size_t n UNUSED);', 'void f( HANDLE h, PVOID *p , size_t n );');
    leavesAlone('enum direction { IN, OUT };');
  });

  it('go after parameters', () => {
    leaves('int f(void) NOEXCEPT { return 1; }', 'int f(void) { return 1; }');
    leaves(
      'struct A { bool g() const override LOCKED(mu) ; int n GUARDED_BY(mu); };',
      'struct A { bool g() const override ; int n ; };',
    );
    leaves('int f(int a) const noexcept lifetime_bound { return a; }', 'int f(int a) const noexcept { return a; }');
    leavesAlone('struct A { virtual int f() = 0; A() = default; int g() const final; };');
  });

  it('go before the star of a pointer to a function', () => {
    leaves('typedef NTSTATUS (NTAPI *NtClose_t)(HANDLE);', 'typedef NTSTATUS ( *NtClose_t)(HANDLE);');
    leaves('BOOL (WINAPI *open[3])(int);', 'BOOL ( *open[3])(int);');
    leaves('typedef BOOL (WINAPI Routine)(int);', 'typedef BOOL ( Routine)(int);');
    leaves('using F = void CALLBACK_ABI (*)(int);', 'using F = void (*)(int);');
    leavesAlone('void f(char *p) { x = *(ULONG *)(p + 4); y = (ULONG *)(p); }');
  });

  it('go between class and its name', () => {
    leaves('class FOO_API Name : public Base {};', 'class Name : public Base {};');
    leaves(
      'struct DECLSPEC_UUID("1-2") Name;\nstruct ALIGNED(8) Other { int a; };',
      'struct Name; struct Other { int a; };',
    );
    leaves('class Name sealed { };', 'class Name { };');
    leavesAlone('class NAME : public Base {}; struct NAME { int a; }; struct NAME x;');
  });

  it('leave a constructor without a type', () => {
    leaves(
      'class A { foo_inline A() : n(1) {} foo_inline ~A(); foo_inline operator bool() const; };',
      'class A { A() : n(1) {} ~A(); operator bool() const; };',
    );
    leaves('FOO_API A::A(int n) {}', 'A::A(int n) {}');
  });

  it('keep what they wrap', () => {
    leaves('STDMETHOD(QueryInterface)(REFIID iid) { return 0; }', 'QueryInterface (REFIID iid) { return 0; }');
    leaves('class A { STDMETHOD_(ULONG, AddRef)(void); };', 'class A { ULONG AddRef (void); };');
    leaves('STDAPI_(BOOL) f(int a) {}', 'BOOL f(int a) {}');
    leaves('EXPORT(int) f(void) {}', 'int f(void) {}');
    leaves('WRAPPED(PVOID) field[4];', 'PVOID field[4];');
    leaves('DEPRECATED("since 2") void f();', 'void f();');
    leaves('TEST_CASE("name", "[tag]") { run(); }', 'TEST_CASE( ) { run(); }');
    leaves('class A { STATIC_CHECK((!is_same<T, int>::value)); int a; };', 'class A { int a; };');
  });

  it('go after a string literal', () => {
    leaves(
      'void f() { g(L"a" NAME L"b", "%" PRIu64 "\\n", TEXT("a") MORE); }',
      'void f() { g(L"a" L"b", "%" "\\n", TEXT("a") ); }',
    );
    leavesAlone('extern "C" HANDLE f(); auto s = "a"_s;');
  });
});

describe('conditionals in C and C++', () => {
  it('keep all branches where each is whole', () => {
    const whole = 'void f(void) {\n#ifdef A\n  a();\n#elif defined(B) && !C\n  b();\n#else\n  c();\n#endif\n}';
    leavesAlone(whole, 'c');
    leavesAlone('#if A\nint f(void) { return 1; }\n#else\nint f(void) { return 2; }\n#endif', 'c');
  });

  it('keep one branch where a brace or a statement is split', () => {
    leaves(
      'void f(void) {\n#ifdef A\n if (a) {\n#else\n if (b) {\n#endif\n c(); }\n}',
      'void f(void) { if (a) { c(); } }',
    );
    leaves('int x = f(1,\n#ifdef A\n 2\n#else\n 3\n#endif\n);', 'int x = f(1, 2 );');
    leaves('void f(void) { if (a)\n#ifdef A\n b();\n#else\n c();\n#endif\n}', 'void f(void) { if (a) b(); }');
    leaves(
      'void f(void) {\n#ifdef A\n if (a) { b(); }\n#endif\n else { c(); } }',
      'void f(void) { if (a) { b(); } else { c(); } }',
    );
  });

  it('assume the same of a name in the whole file', () => {
    leaves(
      'void f(void) {\n#ifndef A\n if (a) {\n#endif\n b();\n#ifdef A\n if (c) {\n#else\n }\n#endif\n}',
      'void f(void) { if (a) { b(); } }',
    );
  });

  it('prefer the platform on which the file makes its sections', () => {
    const split = (call: string): string =>
      `void f(void) {\n#ifdef __linux__\n if (linux_) {\n#elif defined(_WIN32)\n if (windows_) {\n#endif\n ${call}(); }\n}`;
    leaves(split('CreateFileMappingW'), 'void f(void) { if (windows_) { CreateFileMappingW(); } }');
    leaves(split('memfd_create'), 'void f(void) { if (linux_) { memfd_create(); } }');
  });

  it('lose what never holds', () => {
    leaves('#if 0\nthis is { not C\n#else\nint a;\n#endif', 'int a;');
    leaves('#if 1\nint a;\n#else\n}}}\n#endif', 'int a;');
    leaves('#if 0 && defined(A)\n{\n#endif\nint a;', 'int a;');
  });

  it('know which language is read', () => {
    const text = '#ifdef __cplusplus\nextern "C" {\n#endif\nint f(void);\n#ifdef __cplusplus\n}\n#endif';
    leaves(text, 'int f(void);', 'c');
    leaves(text, 'extern "C" { int f(void); }', 'cpp');
  });

  it('are read within each other', () => {
    leaves(
      'void f(void) {\n#ifdef A\n#ifdef B\n if (b) {\n#else\n if (c) {\n#endif\n#else\n {\n#endif\n d(); } }',
      'void f(void) { if (b) { d(); } }',
    );
  });

  it('bear words after their directives, and directives without their other half', () => {
    leaves('#ifdef A\nint a;\n#else /* not A */\nint b;\n#endif A', '#ifdef A int a; #else int b; #endif');
    leaves('#endif\nint a;\n#else\n#ifdef A\nint b;', 'int a; int b;');
  });

  it('are the only directives that stay', () => {
    leaves('#include <a.h>\n#define A(x) \\\n  { x }\n#pragma once\nint a;\n#undef A', 'int a;');
  });
});

describe('macros as statements', () => {
  it('get the semicolon that they lack', () => {
    leaves('void f() {\n  CHECK(a)\n  b();\n}', 'void f() { CHECK(a) ; b(); }');
    leaves(
      '#define ok(x) if (!(x)) return\nvoid f() { \n ok(a)\n if (b) ok(c)\n }',
      'void f() { ok(a) ;if (b) ok(c) ;}',
    );
    leaves('void f() { a();\n  FINISH\n}', 'void f() { a(); ; }');
    leaves('void f() {\ndone: \n}', 'void f() { done:; }');
    leavesAlone('void f() {\n  CHECK(a);\n  call(b)\n    .c();\n x = CHECK(d)\n + e; }');
  });

  it('become loops where a block follows', () => {
    leaves('void f() { list_for_each(p, head) { a(p); } }', 'void f() { while (p, head) { a(p); } }');
    leaves('void f() { Q_FOREACH (const A &a, all) { b(a); } }', 'void f() { for (const A &a: all) { b(a); } }');
    leaves('void f() { foreach (A* a, all) b(a); }', 'void f() { for (A* a: all) b(a); }');
    leaves('void f() { HANDLE_ERRORS(x) { a(); } else { b(); } }', 'void f() { if (x) { a(); } else { b(); } }');
    leavesAlone('void f() { if (a) { b(); } while (c) { d(); } for (;;) { e(); } switch (g) { case 1: h(); } }');
  });

  it('go where declarations stand', () => {
    leaves(
      'class A {\n  Q_OBJECT\npublic slots:\n  void f();\nsignals:\n  void g();\n};',
      'class A { public : void f(); void g(); };',
    );
    leaves('BEGIN_DECLS\ntypedef int a;\nEND_DECLS\n', 'typedef int a;');
    leaves('BEGIN_MAP(A, B)\n  ON_COMMAND(ID, A::f)\nEND_MAP()\n\nvoid A::f() {}', 'void A::f() {}');
  });

  it('may be given types, operators and statements', () => {
    leaves(
      'void f() { a = va_arg(list, char *); b = make(struct item, 2); CMP (a, ==, b); }',
      'void f() { a = va_arg(list, 0 ); b = make(0 , 2); CMP (a, 0 , b); }',
    );
    leaves(
      'void f() { CHECK(a, return -1); CHECK(b, goto out); CHECK(c, break); }',
      'void f() { CHECK(a, RETURN,-1); CHECK(b, GOTO,out); CHECK(c, BREAK); }',
    );
    leavesAlone(
      'void f() { int g(char *, int); a = sizeof(char *); b = c(d * e, f & g, h < i, j > (k)); std::function<void(int)> l; }',
    );
  });
});

describe('what the grammars cannot read', () => {
  it('is written in another way', () => {
    leaves(
      'void f() { a = 1ui64 << 2i64; delete[] (char*)b; c = new T*[4]; __asm { mov eax, ebx } }',
      'void f() { a = 1 << 2 ; delete[] b; c = new T [4]; ; }',
    );
    leaves('enum : int { A }; struct B { int : 3; void B::f(); };', 'enum { A }; struct B { void f(); };');
    leaves('void f(A a = {}); void g() { if ((h) && (i)) j(); }', 'void f(A a = 0 ); void g() { if ( h && (i)) j(); }');
    leavesAlone('void f() { delete a; delete[] b; c = new T[4]; __asm__("nop"); d = e(h) && i; if (j) && k; }', 'cpp');
  });
});

describe('prepared text', () => {
  it('has the length and the lines of any text', () => {
    const text = corpus();
    const part = fc.tuple(fc.nat(text.length), fc.nat(400)).map(([start, length]) => text.slice(start, start + length));
    const token = fc.constantFrom(
      ...[
        '#if 0\n',
        '#if A\n',
        '#else\n',
        '#elif B\r\n',
        '#endif',
        '#define A(x) \\\n',
        '{',
        '}',
        '(',
        ')',
        '"',
        "'",
        '/*',
        '*/',
        '//',
      ],
      ...[
        'FOO_API ',
        'class ',
        'struct A ',
        '~',
        '::',
        '[[',
        '<',
        '>',
        'STDMETHOD_(',
        'TEST("',
        'R"x(',
        '\u2028',
        '\r',
        '\n',
        '\\',
      ],
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(part, token, fc.string({ unit: 'binary' }))),
        fc.constantFrom('c' as const, 'cpp' as const),
        (parts, language) => {
          const all = parts.join('');
          assertSameShape(all, prepare(all, language));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('is the text itself where there is nothing to prepare', () => {
    const plain = corpus().replaceAll(/^#.*$/gmu, '');
    assert.equal(prepare(plain, 'cpp'), plain);
  });

  it('is prepared no further', () => {
    const once = prepare(corpus(), 'cpp');
    assert.equal(prepare(once, 'cpp'), once);
  });
});

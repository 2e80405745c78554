/** The words of C and C++ by their kind, and the forms by which annotation macros are known. */
import type { Token } from './lexer.ts';

/** `_In_opt_`, `_Success_`. */
export const SAL = /^_[A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*_$/u;
/** `__in_opt`, `__drv_maxIRQL`, and the kernel's `__init`, `__user`. */
export const SAL_OF_OLD =
  /^__(?:in|out|inout|deref|reserved|checkReturn|drv|field|success|notnull|maybenull|nullterminated|callback|control_entrypoint|range|format_string|kernel_entry|post|pre|blocksOn|user|kernel|iomem|init|exit|must_check|force)(?:_\w+)?$/u;
export const COMPILER_WORDS =
  /^_{1,2}(?:cdecl|stdcall|fastcall|thiscall|vectorcall|clrcall|pascal|export|far|near|huge|ptr32|ptr64|sptr|uptr|w64|unaligned|restrict|extension__|noreturn|Noreturn|nothrow|RPC_FAR|RPC_USER|RPC_STUB|RPC_API)$|^__(?:restrict|inline|const|volatile)__$/u;
export const COMPILER_CALLS =
  /^(?:__declspec|_declspec|__attribute__|__attribute|__pragma|_Pragma|__based|alignas|_Alignas|__nonnull)$/u;
export const PARAMETER_WORDS = /^(?:IN|OUT|INOUT|IN_OUT|OPTIONAL|CONST|FAR|NEAR|UNALIGNED|RESTRICT)$/u;

const CALLING_CONVENTIONS =
  /^(?:WINAPIV?|NTAPI|CALLBACK|APIENTRY|APIPRIVATE|PASCAL|CDECL|STDCALL|FASTCALL|STDMETHODV?CALLTYPE|STDAPICALLTYPE|[A-Z0-9_]*(?:CALL|CALLTYPE|CALLCONV|_CC|_CDECL|_STDCALL))$/u;
const MARKS =
  /(?:API|EXPORTS?|IMPORTS?|INLINE|DECL|DECLSPEC|PUBLIC|PRIVATE|EXTERN|EXTERN_C|LOCAL|STATIC|NORETURN|DEPRECATED|UNUSED|VISIBLE|HIDDEN|NODISCARD|WARN_UNUSED|CONSTEXPR|ENTRY|FUNC|FUNCTION|ATTR|ATTRIBUTE)$/u;
const BUILT_IN: ReadonlySet<string> = new Set(
  'void char short int long float double signed unsigned bool _Bool auto wchar_t char8_t char16_t char32_t __int8 __int16 __int32 __int64 size_t decltype'.split(
    ' ',
  ),
);
const QUALIFIERS: ReadonlySet<string> = new Set(
  'const volatile static extern register inline __inline __forceinline virtual explicit constexpr consteval constinit thread_local __thread mutable typedef friend'.split(
    ' ',
  ),
);
const OTHER_KEYWORDS: ReadonlySet<string> = new Set(
  'return else goto case default do if while for switch break continue sizeof new delete throw typename using namespace operator template class struct union enum public private protected try catch __try __except __finally __leave co_return co_yield co_await noexcept override final not and or xor concept requires asm __asm __asm__ this nullptr true false defined static_assert _Static_assert alignof typeid export import module'.split(
    ' ',
  ),
);

const BEGINNINGS: ReadonlySet<string> = new Set(
  'static extern typedef virtual explicit friend inline __inline __forceinline'.split(' '),
);
const TAGS: ReadonlySet<string> = new Set(['class', 'struct', 'union', 'enum']);

export function isCapital(name: string): boolean {
  return /^[A-Z_][A-Z0-9_]*[A-Z][A-Z0-9_]*$/u.test(name);
}

export function isBuiltIn(name: string): boolean {
  return BUILT_IN.has(name);
}

export function isQualifier(name: string): boolean {
  return QUALIFIERS.has(name);
}

/** Qualifiers that begin a declaration: what stands before them belongs to something else. */
export function beginsDeclaration(name: string): boolean {
  return BEGINNINGS.has(name);
}

export function isTag(name: string | undefined): boolean {
  return name !== undefined && TAGS.has(name);
}

/** A name that could be a type, a variable or an annotation. */
export function isPlain(token: Token | undefined): boolean {
  return (
    token?.kind === 'name' &&
    !BUILT_IN.has(token.text) &&
    !QUALIFIERS.has(token.text) &&
    !OTHER_KEYWORDS.has(token.text)
  );
}

/** A name, type or qualifier: what may stand in a row before a declared name. */
export function isWord(token: Token | undefined): boolean {
  return token?.kind === 'name' && !OTHER_KEYWORDS.has(token.text);
}

export function isCallingConvention(name: string): boolean {
  return CALLING_CONVENTIONS.test(name);
}

/** Named like an annotation: `FOO_API`, `NOINLINE`. */
export function hasFormOfAnnotation(name: string): boolean {
  return CALLING_CONVENTIONS.test(name) || MARKS.test(name);
}

/** Whether a statement or declaration may begin after this token. */
export function isBoundary(token: Token | undefined): boolean {
  return token === undefined || token.kind === 'directive' || [';', '{', '}', ':'].includes(token.text);
}

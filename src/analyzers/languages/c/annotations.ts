/**
 * Annotation macros: words that a header defines away, which the grammar cannot tell from types and names. They are
 * found by form, not by lists of projects:
 *
 * - SAL (`_In_opt_`, `_Success_(...)`, `__out_bcount(n)`), compiler words (`__declspec(...)`, `__attribute__((...))`, `__stdcall`);
 * - in a run of words that C does not allow (`NTSTATUS NTAPI NtClose`, `FOO_API void f`) all words in capitals but the
 *   type and the name;
 * - capitals before the star of a function pointer (`(WINAPI *open)(`), between `class` and its name, after a parameter list.
 */
import { closingBracket } from './lexer.ts';
import type { Token } from './lexer.ts';
import type { Redaction } from './redaction.ts';
import { placesOf } from './surroundings.ts';

const SAL = /^_(?:[A-Z][A-Za-z0-9]*)(?:_[A-Za-z0-9]+)*_$/u;
const SAL_OF_OLD =
  /^__(?:in|out|inout|deref|reserved|checkReturn|drv|field|success|notnull|maybenull|nullterminated|callback|control_entrypoint|range|format_string|kernel_entry|post|pre|blocksOn|user|kernel|iomem|init|exit|must_check|force)(?:_\w+)?$/u;
const COMPILER_WORDS =
  /^_{1,2}(?:cdecl|stdcall|fastcall|thiscall|vectorcall|clrcall|pascal|export|far|near|huge|ptr32|ptr64|sptr|uptr|w64|unaligned|restrict|extension__|noreturn|Noreturn|nothrow)$|^__(?:restrict|inline|const|volatile)__$/u;
const COMPILER_CALLS =
  /^(?:__declspec|_declspec|__attribute__|__attribute|__pragma|_Pragma|__based|alignas|_Alignas|__asm__volatile|__nonnull)$/u;
const PARAMETER_WORDS = /^(?:IN|OUT|INOUT|IN_OUT|OPTIONAL|_In|_Out|CONST|FAR|NEAR|UNALIGNED|RESTRICT)$/u;
const CALLING_CONVENTIONS =
  /^(?:WINAPI|WINAPIV|NTAPI|CALLBACK|APIENTRY|APIPRIVATE|PASCAL|CDECL|STDCALL|FASTCALL|STDMETHODCALLTYPE|STDMETHODVCALLTYPE|STDAPICALLTYPE|[A-Z0-9_]*(?:CALL|CALLTYPE|CALLCONV|_CC|_CDECL|_STDCALL))$/u;
const MARKS =
  /(?:API|EXPORTS?|IMPORTS?|INLINE|DECL|DECLSPEC|PUBLIC|PRIVATE|EXTERN|EXTERN_C|LOCAL|STATIC|NORETURN|DEPRECATED|UNUSED|VISIBLE|HIDDEN|NOINLINE|ALWAYS_INLINE|FORCEINLINE|NODISCARD|WARN_UNUSED|CONSTEXPR|ENTRY|FUNC|FUNCTION|ATTR|ATTRIBUTE)$/u;
const BUILT_IN =
  /^(?:void|char|short|int|long|float|double|signed|unsigned|bool|_Bool|auto|wchar_t|char8_t|char16_t|char32_t|__int8|__int16|__int32|__int64|size_t|decltype)$/u;
const QUALIFIERS =
  /^(?:const|volatile|static|extern|register|inline|__inline|__forceinline|virtual|explicit|constexpr|consteval|constinit|thread_local|__thread|mutable|typedef|friend|signed|unsigned|long|short)$/u;
const OTHER_KEYWORDS =
  /^(?:return|else|goto|case|default|do|if|while|for|switch|break|continue|sizeof|new|delete|throw|typename|using|namespace|operator|template|class|struct|union|enum|public|private|protected|try|catch|__try|__except|__finally|__leave|co_return|co_yield|co_await|noexcept|override|final|not|and|or|xor|concept|requires|asm|__asm|__asm__|this|nullptr|true|false|goto|defined|static_assert|_Static_assert|alignof|typeid|export|import|module)$/u;

export function isCapital(name: string): boolean {
  return /^[A-Z_][A-Z0-9_]*[A-Z][A-Z0-9_]*$/u.test(name);
}

function isPlain({ kind, text }: Token): boolean {
  return kind === 'name' && !BUILT_IN.test(text) && !QUALIFIERS.test(text) && !OTHER_KEYWORDS.test(text);
}

function isWord(token: Token | undefined): boolean {
  return token?.kind === 'name' && !OTHER_KEYWORDS.test(token.text);
}

/** Gives the tokens that stay. */
export function blankAnnotations(tokens: readonly Token[], redaction: Redaction): Token[] {
  return withoutOddWords(withoutKnownWords(tokens, redaction), redaction);
}

/** What its form alone shows to be an annotation. */
function withoutKnownWords(tokens: readonly Token[], redaction: Redaction): Token[] {
  const kept: Token[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (!token) break;
    const next = tokens[index + 1];
    const end = token.kind === 'name' ? endOfKnownWord(tokens, index, next) : attributeEnd(tokens, index, kept.at(-1));
    if (end === undefined) {
      kept.push(token);
    } else {
      redaction.blank(token.start, tokens[end]?.end ?? token.end);
      index = end;
    }
  }
  return kept;
}

/** Index of the last token of the annotation that begins here. */
function endOfKnownWord(tokens: readonly Token[], index: number, next: Token | undefined): number | undefined {
  const token = tokens[index];
  const previous = tokens[index - 1];
  if (!token || previous?.text === '.' || previous?.text === '->' || previous?.text === '::') {
    return undefined;
  }
  if (COMPILER_CALLS.test(token.text)) {
    return next?.text === '(' ? closing(tokens, index + 1) : index;
  }
  if (SAL.test(token.text) || SAL_OF_OLD.test(token.text)) {
    if (next?.text === '(') return closing(tokens, index + 1);
    return isWord(next) || ['struct', 'union', 'enum', '*', ')', '[', '::', ',', ';', '{'].includes(next?.text ?? '')
      ? isUsedAsValue(previous, next)
        ? undefined
        : index
      : undefined;
  }
  if (COMPILER_WORDS.test(token.text)) {
    return index;
  }
  if (PARAMETER_WORDS.test(token.text)) {
    const before =
      token.text !== 'OPTIONAL' &&
      isAfterBreak(previous) &&
      (isWord(next) || /^(?:struct|union|enum)$/u.test(next?.text ?? ''));
    const after = token.text === 'OPTIONAL' && previous?.kind === 'name' && [',', ')', '['].includes(next?.text ?? '');
    const inside =
      /^(?:CONST|FAR|NEAR)$/u.test(token.text) && (isWord(next) || next?.text === '*') && previous !== undefined;
    return before || after || inside ? index : undefined;
  }
  return undefined;
}

/** `f(__in, x)`: a variable, though it is named like an annotation. */
function isUsedAsValue(previous: Token | undefined, next: Token | undefined): boolean {
  return (
    next?.text === ',' ||
    next?.text === '*' ||
    next?.text === '[' ||
    (next?.text === ')' && previous?.text !== ')' && previous?.kind !== 'name') ||
    (next?.text === ';' && previous?.text !== ')')
  );
}

function isAfterBreak(token: Token | undefined): boolean {
  return (
    token === undefined ||
    ['(', ',', ';', '{', '}'].includes(token.text) ||
    (token.kind === 'name' && PARAMETER_WORDS.test(token.text))
  );
}

/** `[[nodiscard]]`, not `a[[]{...}()]`. */
function attributeEnd(tokens: readonly Token[], index: number, previous: Token | undefined): number | undefined {
  const isAttribute =
    tokens[index]?.text === '[' &&
    tokens[index + 1]?.text === '[' &&
    tokens[index + 2]?.kind === 'name' &&
    tokens[index + 1]?.start === tokens[index]?.end &&
    !(previous?.kind === 'name' && !OTHER_KEYWORDS.test(previous.text) && previous.text !== 'inline') &&
    previous?.text !== ']';
  return isAttribute ? closing(tokens, index) : undefined;
}

function closing(tokens: readonly Token[], open: number): number {
  const close = closingBracket(tokens, open);
  return close < 0 ? open : close;
}

/** Words that C does not allow where they stand. */
function withoutOddWords(tokens: readonly Token[], redaction: Redaction): Token[] {
  const gone = new Set<Token>();
  const drop = (token: Token | undefined): void => {
    if (token) {
      gone.add(token);
      redaction.blank(token.start, token.end);
    }
  };
  const dropRange = (from: number, to: number): void => {
    for (let index = from; index <= to; index += 1) drop(tokens[index]);
  };
  const places = placesOf(tokens);
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token?.kind !== 'name' || gone.has(token)) {
      continue;
    }
    const [previous, next] = [tokens[index - 1], tokens[index + 1]];
    const place = places[index];
    const declares = place?.inBrackets === false && (place.kind === 'declarations' || place.kind === 'class');
    if (/^(?:class|struct|union|enum)$/u.test(token.text)) {
      dropBeforeTag(tokens, index, drop, dropRange);
    } else if (isCapital(token.text) && next?.text === '(' && declares) {
      dropCallLike(tokens, index, drop, dropRange);
    } else if (isCapital(token.text) && declares && isAfterParameters(tokens, index)) {
      drop(token);
    } else if (isCapital(token.text) && previous?.text === '(' && isPointerToFunction(tokens, index)) {
      drop(token);
    } else if (!(previous && isWord(previous) && !gone.has(previous))) {
      const end = runEnd(tokens, index);
      for (const odd of oddWords(tokens.slice(index, end), previous, tokens[end])) drop(odd);
    }
  }
  return tokens.filter((token) => !gone.has(token));
}

function runEnd(tokens: readonly Token[], start: number): number {
  let end = start;
  while (isWord(tokens[end])) end += 1;
  return end;
}

/** The words of a run that are neither its type nor its name. */
function oddWords(run: readonly Token[], previous: Token | undefined, next: Token | undefined): readonly Token[] {
  const plain = run.filter(isPlain);
  const builtIn = run.some(({ text }) => BUILT_IN.test(text));
  const afterStar = previous !== undefined && ['*', '&', '&&', '>'].includes(previous.text);
  const tagged = previous !== undefined && /^(?:struct|class|union|enum|typename)$/u.test(previous.text);
  // A star, an opening template bracket or a scope after the run: its last word is no name yet, but the type (or its scope).
  const endsInType = next !== undefined && ['*', '&', '&&', '<', '::'].includes(next.text);
  const wanted =
    (builtIn || afterStar ? 0 : 1) + (endsInType ? (builtIn ? 0 : 0) : 1) + (tagged && !endsInType ? 0 : 0);
  if (plain.length <= wanted || run.length < 2) {
    return [];
  }
  const candidates = endsInType ? plain : plain.slice(0, -1);
  const typeToKeep = builtIn || afterStar ? undefined : typeAmong(candidates);
  return candidates.filter((word) => word !== typeToKeep && (isCapital(word.text) || word.text.startsWith('__')));
}

/** Which of several words is the type: one that is not in capitals, else one without the form of an annotation. */
function typeAmong(words: readonly Token[]): Token | undefined {
  return (
    words.findLast(({ text }) => !isCapital(text) && !text.startsWith('__')) ??
    words.find(({ text }) => !CALLING_CONVENTIONS.test(text) && !MARKS.test(text)) ??
    words[0]
  );
}

/** `class FOO_API Name`, `struct ALIGNED(8) Name`. */
function dropBeforeTag(
  tokens: readonly Token[],
  index: number,
  drop: (token: Token | undefined) => void,
  dropRange: (from: number, to: number) => void,
): void {
  const start = tokens[index + 1]?.text === 'class' ? index + 2 : index + 1;
  const word = tokens[start];
  if (!word || !isPlain(word) || !isCapital(word.text)) {
    return;
  }
  const next = tokens[start + 1];
  if (next?.text === '(') {
    const close = closing(tokens, start + 1);
    if (isWord(tokens[close + 1]) && ['{', ':', ';', 'final'].includes(tokens[close + 2]?.text ?? ''))
      dropRange(start, close);
  } else if (
    isWord(next) &&
    ['{', ':', ';', 'final', '<'].includes(tokens[start + 2]?.text ?? '') &&
    tokens[start + 2]?.text !== ';'
  ) {
    drop(word);
  } else if (isWord(next) && MARKS.test(word.text)) {
    drop(word);
  }
}

/** `(WINAPI *open)(`, `(NTAPI Routine)(`. */
function isPointerToFunction(tokens: readonly Token[], index: number): boolean {
  const star = tokens[index + 1]?.text === '*';
  const name = star ? index + 2 : index + 1;
  if (!star && !isWord(tokens[name])) {
    return false;
  }
  const close = isWord(tokens[name]) ? name + 1 : name;
  const bracket = tokens[close]?.text === '[' ? closing(tokens, close) + 1 : close;
  return (
    tokens[bracket]?.text === ')' &&
    tokens[bracket + 1]?.text === '(' &&
    (star ? isWord(tokens[index - 2]) || ['*', '>'].includes(tokens[index - 2]?.text ?? '') : true)
  );
}

function isAfterParameters(tokens: readonly Token[], index: number): boolean {
  const [previous, next] = [tokens[index - 1], tokens[index + 1]];
  return previous?.text === ')' && ['{', ';', '='].includes(next?.text ?? '');
}

/**
 * At the place of a declaration, capitals with brackets: `STDMETHOD_(ULONG, AddRef)(...)` keeps its arguments,
 * `STDAPI_(BOOL) name(` its type, `DEPRECATED("since 2") void f();` nothing.
 */
function dropCallLike(
  tokens: readonly Token[],
  index: number,
  drop: (token: Token | undefined) => void,
  dropRange: (from: number, to: number) => void,
): void {
  const close = closingBracket(tokens, index + 1);
  if (close < 0) {
    return;
  }
  const [previous, next] = [tokens[index - 1], tokens[close + 1]];
  const content = tokens.slice(index + 2, close);
  const startsDeclaration =
    previous === undefined ||
    [';', '{', '}', ':'].includes(previous.text) ||
    previous.kind === 'directive' ||
    (previous.kind === 'name' && QUALIFIERS.test(previous.text));
  if (previous?.text === ')' && ['{', ';'].includes(next?.text ?? '')) {
    dropRange(index, close);
  } else if (
    startsDeclaration &&
    next?.text === '(' &&
    content.every(({ kind, text }) => kind === 'name' || text === ',' || text === '*')
  ) {
    drop(tokens[index]);
    drop(tokens[index + 1]);
    drop(tokens[close]);
    for (const token of content) if (token.text === ',') drop(token);
  } else if (startsDeclaration && isWord(next)) {
    const isType =
      content.length > 0 &&
      content.every((token) => isWord(token) || token.text === '*') &&
      tokens[close + 2]?.text === '(' &&
      /_$/u.test(tokens[index]?.text ?? '');
    if (isType) {
      drop(tokens[index]);
      drop(tokens[index + 1]);
      drop(tokens[close]);
    } else {
      dropRange(index, close);
    }
  } else if ((isWord(previous) || previous?.text === '*') && isWord(next) && !startsDeclaration) {
    dropRange(index, close);
  }
}

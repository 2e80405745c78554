/** Constants by their text: the few values that tests on handles and status codes distinguish. */
import type { Constant } from '../../flow/graph.ts';

const CAST = /^\(\s*[A-Za-z_][\w\s:]*[*\s]*\)(?=\s*[-(\w~])/u;
const NAMED_CAST = /^(?:static_cast|reinterpret_cast|const_cast)\s*<[^<>]*>\s*(?=\()/u;

/** Parentheses and casts of a text are not part of a constant's value. */
function withoutCasts(text: string): string {
  let rest = text.trim();
  for (;;) {
    const next = (isParenthesized(rest) ? rest.slice(1, -1) : rest.replace(CAST, '').replace(NAMED_CAST, '')).trim();
    if (next === rest || next === '') {
      return rest;
    }
    rest = next;
  }
}

/** Whether the bracket that opens the text closes at its end. */
function isParenthesized(text: string): boolean {
  if (!text.startsWith('(') || !text.endsWith(')')) {
    return false;
  }
  let depth = 0;
  for (let index = 0; index < text.length - 1; index += 1) {
    depth += text[index] === '(' ? 1 : text[index] === ')' ? -1 : 0;
    if (depth === 0) return false;
  }
  return true;
}

export function constantOf(text: string): Constant | undefined {
  if (text.length > 120) {
    return undefined;
  }
  const plain = withoutCasts(text);
  if (
    /^(?:NULL|nullptr|__null|nil|0[uUlL]*|0[xX]0+[uUlL]*|STATUS_SUCCESS|S_OK|NOERROR|NO_ERROR|ERROR_SUCCESS|EXIT_SUCCESS)$/u.test(
      plain,
    )
  ) {
    return 'null';
  }
  if (
    /^(?:INVALID_HANDLE_VALUE|MAP_FAILED|~0[uUlLxX0]*|-\s*\d\w*|-\s*E[A-Z0-9]+)$/u.test(plain) ||
    isFailureName(plain)
  ) {
    return 'minus-one';
  }
  if (/^(?:true|TRUE)$/u.test(plain)) {
    return 'true';
  }
  if (/^(?:false|FALSE)$/u.test(plain)) {
    return 'false';
  }
  return /^(?:0[xX][\da-fA-F']+|[1-9][\d']*)[uUlLzZ]*$/u.test(plain) || plain === 'EXIT_FAILURE' ? 'other' : undefined;
}

/** Negative status codes by their names. */
function isFailureName(text: string): boolean {
  return (
    /^(?:E_[A-Z_]+|HRESULT_FROM_WIN32\b.*|HRESULT_FROM_NT\b.*)$/u.test(text) ||
    /^STATUS_(?!SUCCESS|PENDING|TIMEOUT|WAIT|ABANDONED|USER_APC|KERNEL_APC|ALERTED|REPARSE|MORE_ENTRIES|OBJECT_NAME_EXISTS|IMAGE_NOT_AT_BASE|IMAGE_MACHINE)[A-Z_0-9]+$/u.test(
      text,
    )
  );
}

/** Names that compare for success rather than for zero. */
export function isSuccessName(text: string): boolean {
  return /^\(*\s*(?:STATUS_SUCCESS|S_OK|NOERROR|NO_ERROR|ERROR_SUCCESS)\s*\)*$/u.test(text);
}

/** The content of a string literal; `TEXT("x")`, `L"x"` and neighbouring literals too. */
export function literalOf(text: string): string | undefined {
  const inner = /^(?:TEXT|_T|_TEXT|__TEXT)\s*\(([^]*)\)$/u.exec(text)?.[1]?.trim() ?? text;
  const pieces = [...inner.matchAll(/\s*(?:u8|[uUL])?"((?:\\[^]|[^"\\])*)"/gu)];
  return pieces.length > 0 && pieces.map(([whole]) => whole).join('').length === inner.length
    ? pieces.map(([, content = '']) => content.replace(/\\\\/gu, '\\')).join('')
    : undefined;
}

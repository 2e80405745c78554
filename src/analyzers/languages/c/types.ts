/** What the text of a type says of ownership. Nothing here looks a type up: headers are not there. */

/** Name without qualifiers, scope, template arguments, stars: `const std::vector<HANDLE> &` -> `vector`. */
export function simpleTypeName(type: string): string {
  let depth = 0;
  let flat = '';
  for (const character of type) {
    depth -= character === '>' ? 1 : 0;
    if (depth === 0 && character !== '>') flat += character === '<' ? ' ' : character;
    depth += character === '<' ? 1 : 0;
  }
  const words = flat
    .replace(/\b(?:const|volatile|struct|class|union|enum|typename|static|unsigned|signed|mutable)\b|[*&[\]]/gu, ' ')
    .trim();
  return (
    words
      .split(/\s*::\s*/u)
      .at(-1)
      ?.split(/\s+/u)[0] ?? ''
  );
}

/** Types that hold a handle without knowing what it is: dropping one gives nothing back. */
export function isRawType(type: string): boolean {
  if (/[*&[]/u.test(type) || type === '') {
    return true;
  }
  const name = simpleTypeName(type);
  return (
    /^[A-Z_][A-Z0-9_]*$/u.test(name) ||
    /^[a-z_0-9]+_t$/u.test(name) ||
    /^(?:auto|decltype|void|bool|char|short|int|long|float|double|unsigned|signed|wchar_t|byte|string|wstring|string_view|wstring_view|_Bool|__int\d+|u?int\d*|[ui](?:8|16|32|64)|[gq]u?int\d*|gboolean|gpointer|gsize|gchar|uintptr)$/u.test(
      name,
    ) ||
    name === ''
  );
}

const CONTAINERS =
  /^(?:vector|list|deque|array|map|set|multimap|multiset|unordered_map|unordered_set|unordered_multimap|queue|stack|priority_queue|forward_list|span|pair|tuple|optional|initializer_list|small_vector|SmallVector|QVector|QList|QMap|QHash|CArray|CAtlArray|CSimpleArray)$/u;

/** A collection of what gives nothing back: dropping it drops the handles in it. */
export function isRawContainer(type: string): boolean {
  const elements = /<([^]*)>/u.exec(type)?.[1];
  return (
    elements !== undefined &&
    CONTAINERS.test(simpleTypeName(type)) &&
    elements.split(',').every((element) => isRawType(element.trim()) || isRawContainer(element))
  );
}

/** The class that a variable's members belong to: through pointers and smart pointers. */
export function classNameOf(type: string): string {
  const pointee =
    /^(?:const\s+)?(?:std::)?(?:unique_ptr|shared_ptr|weak_ptr|scoped_ptr|ComPtr|CComPtr|intrusive_ptr)\s*<\s*([^,>]*)/u.exec(
      type,
    )?.[1];
  return simpleTypeName(pointee ?? type);
}

/** Tests on such a value ask for true, not for null. */
export function isBoolean(type: string): boolean {
  return /^(?:bool|_Bool|BOOL|BOOLEAN|gboolean|b32)$/u.test(type.trim());
}

/** NTSTATUS and HRESULT: negative is failure, zero success. */
export function isStatus(type: string): boolean {
  return /^(?:NTSTATUS|HRESULT|LSTATUS|LRESULT|SCODE|RPC_STATUS)$/u.test(type.trim());
}

/** Adding to such a value counts; adding to any other one may move a pointer. */
export function isNumber(type: string): boolean {
  return (
    !type.includes('*') &&
    /^(?:(?:unsigned|signed|long|short|int|char|bool|float|double|size_t|ssize_t|u?int\d*(?:_t)?|__int\d+|DWORD\w*|U?INT\w*|U?LONG\w*|WORD|BYTE|SIZE_T|BOOL|off_t|u?intmax_t|[ui](?:8|16|32|64))\s*)+$/u.test(
      type.trim(),
    )
  );
}

/** Types whose pointer arithmetic stays inside of what the pointer points to. */
export function isPointer(type: string): boolean {
  return /[*]/u.test(type) || /^(?:LP|P)[A-Z]{3,}$/u.test(type.trim()) || /^(?:auto)$/u.test(type.trim());
}

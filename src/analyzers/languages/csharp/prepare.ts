/**
 * Rewrites what the C# grammar cannot read, keeping every offset: conditional compilation that divides a statement or a
 * declaration (its first branch is kept), and the newest syntax.
 */

const CONDITIONAL = /^[ \t]*#[ \t]*if\b/mu;
const DIRECTIVE = /^[ \t]*#[ \t]*(if|elif|else|endif)\b(.*)$/u;
/** Text whose brackets do not count, or one bracket. */
const TOKEN = /"""[^]*?"""|@"(?:""|[^"])*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\/.*|\/\*[^]*?\*\/|[{}()[\]]/gu;

export function prepare(text: string): string {
  return newestSyntax(CONDITIONAL.test(text) ? withoutDividingConditionals(text) : text);
}

function newestSyntax(text: string): string {
  return text
    .replaceAll(/^#:.*$/gmu, blank)
    .replaceAll(/\bparams(?=\s+[\w.]+<)/gu, blank)
    .replaceAll(/\ballows ref struct\b/gu, 'class            ')
    .replaceAll(/(?<=[\w\])])\?(?=\.[\w.]+\s*(?:[-+*/|&^]|\?\?)?=[^=>])/gu, ' ');
}

function blank(text: string): string {
  return text.replaceAll(/[^\n\r]/gu, ' ');
}

interface Branch {
  /** Line of the directive that begins it. */
  readonly directive: number;
  readonly condition: string;
}

interface Group {
  readonly branches: Branch[];
}

function withoutDividingConditionals(text: string): string {
  const lines = text.split('\n');
  const open: Group[] = [];
  for (const [number, line] of lines.entries()) {
    const [, word, condition = ''] = DIRECTIVE.exec(line) ?? [];
    if (word === 'if') open.push({ branches: [{ directive: number, condition }] });
    else if (word === 'elif' || word === 'else') open.at(-1)?.branches.push({ directive: number, condition });
    else if (word === 'endif') {
      const group = open.pop();
      if (group) resolve(lines, group, number);
    }
  }
  return lines.join('\n');
}

/** Blanks all but one branch where one of them is not made of whole statements or declarations. */
function resolve(lines: string[], { branches }: Group, endif: number): void {
  const ends = [...branches.slice(1).map(({ directive }) => directive), endif];
  const texts = branches.map(({ directive }, index) => lines.slice(directive + 1, ends[index]).join('\n'));
  if (texts.every(isWhole)) return;
  const kept = branches.findIndex(({ condition }) => !/^\s*(?:false|0)\s*$/u.test(condition));
  for (const [index, { directive }] of branches.entries()) {
    const end = index === kept ? directive + 1 : (ends[index] ?? endif);
    for (let line = directive; line < end; line += 1) lines[line] = blank(lines[line] ?? '');
  }
  lines[endif] = blank(lines[endif] ?? '');
}

function isWhole(text: string): boolean {
  const depth = { '{': 0, '(': 0, '[': 0 };
  const pairs: Readonly<Record<string, keyof typeof depth>> = { '}': '{', ')': '(', ']': '[' };
  const code = text.replaceAll(TOKEN, (token) => {
    const opening = pairs[token];
    if (opening !== undefined) depth[opening] -= 1;
    else if (token === '{' || token === '(' || token === '[') depth[token] += 1;
    else return /^\/[/*]/u.test(token) ? '' : '""';
    return token;
  });
  const last =
    code
      .replaceAll(/^[ \t]*#.*$/gmu, '')
      .trimEnd()
      .at(-1) ?? '';
  return depth['{'] === 0 && depth['('] === 0 && depth['['] === 0 && (last === '' || /[;}\]]/u.test(last));
}

/** The project's own Markdown: which files there are, and what the tests read out of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** README, CHANGELOG and everything below docs/, relative to the root. */
export function markdownFiles(): string[] {
  const below = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  return ['README.md', 'CHANGELOG.md', ...below.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];
}

export interface Example {
  readonly language: string;
  readonly text: string;
  /** Of the fence, counted from 1. */
  readonly line: number;
}

/** The fenced blocks below a heading of the second level. */
export function examplesBelow(heading: string, markdown: string): Example[] {
  const examples: Example[] = [];
  let below = false;
  let open: { language: string; line: number; text: string[] } | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    if (open !== undefined) {
      if (line === '```') {
        if (below) examples.push({ ...open, text: `${open.text.join('\n')}\n` });
        open = undefined;
      } else {
        open.text.push(line);
      }
    } else if (line.startsWith('```')) {
      open = { language: line.slice(3), line: index + 1, text: [] };
    } else if (line.startsWith('## ')) {
      below = line === `## ${heading}`;
    }
  }
  return examples;
}

/** Targets of links and images, with the line on which each stands; code is no link. */
export function linksIn(markdown: string): { readonly target: string; readonly line: number }[] {
  const links: { target: string; line: number }[] = [];
  let isCode = false;
  for (const [index, line] of markdown.split('\n').entries()) {
    if (line.startsWith('```')) {
      isCode = !isCode;
    } else if (!isCode) {
      for (const [, target] of line.replaceAll(/`[^`]*`/gu, '').matchAll(/\]\(([^)\s]+)\)/gu)) {
        links.push({ target: target!, line: index + 1 });
      }
    }
  }
  return links;
}

/** The anchors of a page's headings, as the hosting services make them. */
export function anchorsIn(markdown: string): string[] {
  return [...markdown.matchAll(/^#{1,6} (.+)$/gmu)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

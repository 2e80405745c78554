/** What Sysinternals' handle.exe prints: all handles (-a), only counts (-s), or sections of the page file (-l). */
import type { Reader } from '../reader.ts';
import { countedWords, handleText, NOTHING_TOLD, type RecordedSection } from '../recording.ts';
import { kept, readLines } from '../text.ts';
import { lengthInWords } from './lengths.ts';

const PROCESS_LINE = /^(\S.*?)\s+pid: (\d+)\b/u;
const SECTION_LINE = /^\s*([0-9A-F]+): Section\b\s*(?:\([-RWD]{3}\))?\s*(.*)$/iu;
const COUNT_LINE = /^\s+Section\s*:\s*(\d+)\s*$/iu;
/** A length counts as one only with its unit, or where it is called one: a name may be a number. */
const LENGTH =
  /(?:\bsize:?\s*)(0x[0-9a-f]+|[\d,.]+(?:\s*[kmgt]?i?b|\s*bytes?)?)|\b((?:[\d,]+)(?:\s*[kmgt]i?b|\s*bytes?))\b/iu;
const SIGNS =
  /^(?:Nt)?handle v\d|Sysinternals[^\n]*\n[^]*\bpid: \d+|^Handle type summary:|^\S.*\spid: \d+[^\n]*\n\s+[0-9A-F]+: \w/imu;

export const handleExe: Reader = {
  format: 'handle.exe listing',
  recognises: ({ text }) => SIGNS.test(text),
  read(source) {
    const listing = new Listing();
    readLines(source, (line, number) => {
      listing.line(line, number);
    });
    const { sections, processes, pid, counted } = listing;
    const unsized = counted !== null || sections.some(({ bytes }) => bytes === null);
    return {
      ...NOTHING_TOLD,
      format: handleExe.format,
      pid: processes.size === 1 ? pid : null,
      facts: processes.size === 0 ? [] : [countedWords(processes.size, 'process', 'processes')],
      sections,
      counted: sections.length === 0 ? counted : null,
      remedies: unsized ? ['`handle.exe -l` lists the sections of the page file with their lengths.'] : [],
    };
  },
};

class Listing {
  readonly sections: RecordedSection[] = [];
  readonly processes = new Set<string>();
  /** Of the process whose handles are being listed. */
  pid: number | null = null;
  counted: number | null = null;
  #process: string | null = null;

  line(line: string, number: number): void {
    const [, name, id] = PROCESS_LINE.exec(line) ?? [];
    if (name !== undefined) {
      this.#process = kept(`${name} (${id ?? '?'})`);
      this.processes.add(this.#process);
      this.pid = Number(id);
      return;
    }
    const count = COUNT_LINE.exec(line)?.[1];
    if (count !== undefined) {
      this.counted = (this.counted ?? 0) + Number(count);
      return;
    }
    const [, digits, rest = ''] = SECTION_LINE.exec(line) ?? [];
    if (digits !== undefined) {
      this.sections.push(sectionOf(digits, rest.trim(), this.#process, number));
    }
  }
}

function sectionOf(digits: string, rest: string, process: string | null, line: number): RecordedSection {
  const match = LENGTH.exec(rest);
  const bytes = match === null ? null : lengthInWords((match[1] ?? match[2] ?? '').trim());
  const name =
    match === null || bytes === null
      ? rest
      : rest
          .replace(match[0], '')
          .replace(/[()]\s*$/u, '')
          .trim();
  const named = name === '' ? null : kept(name);
  return {
    handle: handleText(digits),
    process,
    kind: bytes === null ? 'unknown' : named === null ? 'page-file' : 'named',
    name: named,
    bytes,
    mappedBytes: null,
    created: [],
    place: `line ${line}`,
  };
}

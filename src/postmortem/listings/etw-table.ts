/**
 * ETWAnalyzer's `-Dump ObjectRef -csv`: each opening, duplicating and closing of a handle, and each map and unmap, with its
 * process and stack. A stack is written once; later rows have its number only.
 */
import { frameOf, stackKey } from '../frames.ts';
import type { Reader } from '../reader.ts';
import {
  countedWords,
  handleText,
  NOTHING_TOLD,
  type RecordedSection,
  type SeenStack,
  type Stack,
} from '../recording.ts';
import { kept, readLines } from '../text.ts';
import { DelimitedRows, hasColumns, type Row } from './delimited.ts';

const REQUIRED = ['eventname', 'handle value', 'object ptr'];

/** The frame with which a thread begins. */
const OUTERMOST = /!(?:RtlUserThreadStart|BaseThreadInitThunk)\b/iu;

export const etwTable: Reader = {
  format: 'ETWAnalyzer handle events',
  recognises: ({ text }) => hasColumns(text, REQUIRED),
  read(source) {
    const events = new HandleEvents();
    const rows = new DelimitedRows(REQUIRED, (row, line) => {
      events.add(row, line);
    });
    readLines(source, rows.line);
    const sections = events.sections();
    return {
      ...NOTHING_TOLD,
      format: etwTable.format,
      facts: [countedWords(events.count, 'event')],
      sections,
      unmapped: events.unmapped(),
      troubles:
        rows.broken === 0
          ? []
          : [`${rows.broken.toLocaleString('en-US')} rows have a quote that does not end; they are left out.`],
      remedies:
        sections.length === 0
          ? []
          : [
              "The trace does not tell how long the sections are: WinDbg's `!handle 0 f Section` does, while the process runs.",
            ],
    };
  },
};

class HandleEvents {
  count = 0;
  readonly #open = new Map<string, RecordedSection>();
  readonly #stacks = new Map<string, Stack>();
  readonly #unmapped = new Map<string, { readonly stack: Stack; times: number }>();

  add(row: Row, line: number): void {
    this.count += 1;
    const event = row('eventname').toLowerCase();
    const stack = this.#stackOf(row('stack'));
    if (event.includes('unmap')) {
      const seen = this.#unmapped.get(stackKey(stack)) ?? { stack, times: 0 };
      seen.times += 1;
      this.#unmapped.set(stackKey(stack), seen);
      return;
    }
    const digits = /^(?:0x)?([0-9a-f]{1,16})$/iu.exec(row('handle value').trim())?.[1];
    if (row('type').toLowerCase() !== 'section' || digits === undefined) {
      return;
    }
    const handle = handleText(digits);
    const process = row('process');
    const key = `${process}\n${handle}`;
    if (event.includes('close')) {
      this.#open.delete(key);
      return;
    }
    const name = row('object name');
    this.#open.set(key, {
      handle,
      process: process === '' ? null : kept(process),
      kind: 'unknown',
      name: name === '' ? null : kept(name),
      bytes: null,
      mappedBytes: null,
      created: stack.length === 0 ? [] : [stack],
      place: `line ${line}`,
    });
  }

  sections(): readonly RecordedSection[] {
    return [...this.#open.values()];
  }

  unmapped(): readonly SeenStack[] {
    return [...this.#unmapped.values()].filter(({ stack }) => stack.length > 0).toSorted((a, b) => b.times - a.times);
  }

  /** `StackId: 17 ntdll.dll!NtCreateSection` and the further frames where they are written for the first time, else `17`. */
  #stackOf(cell: string): Stack {
    const [, number = '', rest = ''] = /^\s*(?:StackId:\s*)?(\d*)\s*([^]*)$/iu.exec(cell) ?? [];
    const texts = rest.split('\n').map((text) => text.trim());
    const frames = texts.filter((text) => text !== '').map((text) => frameOf(kept(text)));
    if (frames.length === 0) {
      return this.#stacks.get(number) ?? [];
    }
    const stack = OUTERMOST.test(frames[0]?.text ?? '') ? frames.toReversed() : frames;
    this.#stacks.set(number, stack);
    return stack;
  }
}

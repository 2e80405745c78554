/**
 * Logs of WinDbg: lists of handles, handle traces, the stacks at breakpoints, mex's sum, with prompts and the output of
 * other commands between. A section's creating stack is known where a handle trace or a return value names its handle;
 * else it is one of those that the log has.
 */
import type { Reader } from '../reader.ts';
import { countedWords, NOTHING_TOLD, type Recording, Troubles } from '../recording.ts';
import type { Source } from '../source.ts';
import { readLines } from '../text.ts';
import { attribution, tracedSections, unmappedBy } from './attribution.ts';
import { CallStacks } from './call-stacks.ts';
import { type HandleList, HandleLists } from './handle-list.ts';
import { HandleTraces } from './handle-traces.ts';

const PROMPT = /^(?:\|\|?\d+:)?(?:\d+:\d{3}(?::[\w-]+)?|\d+: kd)> ?(.*)$/u;
const SUM = /^\s*total\s*=\s*0n(\d+)\s*\(0x[0-9a-f`]+\)/iu;
const PROCESS = /^\s*\.?\s*\d+\s+id:\s*([0-9a-f]+)(?:\.[0-9a-f]+\s+suspend|\s+(?:create|attach|child|examine))/iu;
const SIGNS =
  /^handle\s+(?:0x)?[0-9a-f`]{1,17}\s*\r?\n\s+type\s|^\s*handle\s*=\s*0x[0-9a-f`]+\s*[-,]\s*(?:open|close)|^\d+:\d{3}(?::\w+)?>|handles? of type section|^opened log file|^microsoft \(r\) windows debugger|^\s*(?:#\s+)?child-?sp\s|^\s*childebp\s|^breakpoint \d+ hit/imu;

const SIZE_REMEDY =
  'The log does not tell how long every section is: `!handle 0 f Section` prints it, `!handle` alone does not.';
const LIST_REMEDY = 'The log lists no sections: `!handle 0 f Section` in WinDbg does.';
const STACK_REMEDY =
  'No stack in the log made these sections. For new ones: `bp kernelbase!CreateFileMappingW "k; !ClrStack; gu; r rax; gc"` (kernel32 before Windows 8), or `!htrace -enable` and later `!htrace -diff`.';

export const windbgLog: Reader = {
  format: 'WinDbg log',
  recognises: ({ text }) => SIGNS.test(text),
  read: readLog,
};

class Log {
  readonly handles = new HandleLists();
  readonly traces = new HandleTraces();
  readonly stacks = new CallStacks();
  statedBytes: number | null = null;
  pid: number | null = null;

  line(text: string, number: number): void {
    const first = text.charCodeAt(0);
    // Prompts begin with a digit or a bar.
    if (((first >= 48 && first <= 57) || first === 124) && text.includes('>')) {
      const command = PROMPT.exec(text)?.[1];
      if (command !== undefined) {
        this.#prompt(command, number);
        return;
      }
    }
    this.#output(text, number);
  }

  #prompt(command: string, number: number): void {
    this.handles.end();
    this.traces.end();
    this.stacks.end();
    if (/!handle\b/iu.test(command)) {
      this.handles.begin();
    }
    // Where commands are not logged their output follows the prompt.
    this.#output(command, number);
  }

  #output(text: string, number: number): void {
    if (this.handles.accept(text, number)) {
      return;
    }
    if (this.traces.accept(text, number)) {
      this.handles.end();
      return;
    }
    if (text === '') {
      this.stacks.end();
      return;
    }
    if (PROCESS.test(text)) {
      this.pid ??= Number(`0x${PROCESS.exec(text)?.[1] ?? ''}`);
    }
    if (this.stacks.accept(text, number)) {
      this.handles.end();
      return;
    }
    this.stacks.end();
    const sum = SUM.exec(text)?.[1];
    if (sum !== undefined) {
      this.statedBytes = Number(sum);
    }
  }
}

function readLog(source: Source): Recording {
  const log = new Log();
  const troubles = new Troubles();
  const cut = readLines(source, (line, number) => {
    log.line(line, number);
  });
  if (cut > 0) {
    troubles.add('long', `${countedWords(cut, 'line is', 'lines are')} longer than any that WinDbg writes, and cut.`);
  }
  log.stacks.end();
  const lists = log.handles.lists();
  const whole = wholeLists(lists);
  const last = whole.at(-1);
  reportCuts(log.handles, last, troubles);
  const attribute = attribution(log.stacks.events, log.traces.traces);
  const sections = last === undefined ? tracedSections(log.traces.traces) : [...last.sections.values()].map(attribute);
  const first = whole.length > 1 ? whole[0] : undefined;
  return {
    ...NOTHING_TOLD,
    format: windbgLog.format,
    pid: log.traces.pid ?? log.pid,
    facts: factsOf(whole, log),
    lists: last !== undefined || sections.length > 0,
    sections,
    counted: sections.length === 0 ? (last?.stated ?? null) : null,
    unmapped: unmappedBy(log.stacks.events),
    statedBytes: log.statedBytes,
    earlier: first === undefined ? null : [...first.sections.values()].map(attribute),
    troubles: troubles.sentences(),
    remedies: [
      ...(last === undefined && sections.length === 0 ? [LIST_REMEDY] : []),
      ...(sections.some(({ bytes }) => bytes === null) || (last?.stated ?? 0) > sections.length ? [SIZE_REMEDY] : []),
      ...(sections.length > 0 && sections.every(({ created }) => created.length === 0) ? [STACK_REMEDY] : []),
    ],
  };
}

/** Looks at single handles are no lists; where there is nothing else they are one. */
function wholeLists(lists: readonly HandleList[]): readonly HandleList[] {
  const whole = lists.filter(({ handles, stated }) => handles > 1 || stated !== null);
  const [first, ...others] = lists;
  if (whole.length > 0 || first === undefined) {
    return whole;
  }
  for (const { sections } of others) {
    for (const [handle, section] of sections) {
      first.sections.set(handle, section);
    }
  }
  return [first];
}

function reportCuts({ cut }: HandleLists, last: HandleList | undefined, troubles: Troubles): void {
  for (const line of cut) {
    troubles.add('cut', `The block at line ${line} breaks off before the length of its section.`);
  }
  if (last?.stated !== null && last !== undefined && last.stated !== last.sections.size && last.sections.size > 0) {
    troubles.add(
      'count',
      `The list at line ${last.line} says ${last.stated.toLocaleString('en-US')} sections; ${last.sections.size.toLocaleString('en-US')} of them are in the log.`,
    );
  }
}

function factsOf(lists: readonly HandleList[], { stacks, traces }: Log): readonly string[] {
  const creations = stacks.events.filter(({ kind }) => kind === 'creates').length;
  return [
    ...(lists.length > 1
      ? [`${lists.length} lists of handles, the last of them at line ${lists.at(-1)?.line ?? 0} is shown`]
      : []),
    ...(creations > 0 ? [countedWords(creations, 'stack that makes a section', 'stacks that make a section')] : []),
    ...(traces.traces.length > 0 ? [countedWords(traces.traces.length, 'handle trace')] : []),
  ];
}

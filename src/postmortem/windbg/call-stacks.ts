/**
 * Stacks in a WinDbg log: `k` and its kin, `~*k`, `!ClrStack`, printed where a breakpoint on the creating or unmapping
 * functions was hit. The native and the managed stack of one stop are one event. If the log goes on to the return of the
 * function and shows its registers, the value in rax (eax) is the handle that was made.
 */
import { createsSection, frameOf, unmapsView } from '../frames.ts';
import { type Frame, handleText, type Stack } from '../recording.ts';
import { kept } from '../text.ts';

export interface StackEvent {
  readonly kind: 'creates' | 'unmaps';
  readonly line: number;
  stack: Stack;
  /** Of the section that was made, where the log shows what the function returned. */
  handle: string | null;
}

interface Block {
  readonly line: number;
  managed: boolean;
  readonly texts: string[];
}

const HEADER = /^\s*(?:#\s+)?(?:child-?sp|childebp|memory\s+child|os thread id|\.?\s*\d+\s+id: )/iu;
const FRAME =
  /^\s*(?:[0-9a-f]{1,3}\s+)?(?:[0-9a-f`]{8,17}|\(inline(?: function)?\))\s+(?:[0-9a-f`]{8,17}|-{8,9}(?:`-{8})?)\s+(\S.*)$/iu;
/** The three arguments that `kb` and `kv` print, and the four of 64 bits. */
const ARGUMENTS = /^(?:(?::\s*)?(?:[0-9a-f`]{8,17}\s+){3,4}(?::\s*)?)/iu;
const STOP = /^breakpoint \d+ hit/iu;
const RETURNED = /^(?:rax|eax)=([0-9a-f`]{8,17})\b/iu;
const MOST_FRAMES = 512;

export class CallStacks {
  readonly events: StackEvent[] = [];
  #block: Block | null = null;
  /** The event of this stop, and which stacks it has so far. */
  #stop: { readonly event: StackEvent; native: boolean; managed: boolean } | null = null;

  accept(line: string, number: number): boolean {
    const first = line.charCodeAt(0);
    if ((first === 66 || first === 98) && STOP.test(line)) {
      this.end();
      this.#stop = null;
      return true;
    }
    const site = FRAME.exec(line)?.[1];
    if (site !== undefined) {
      this.#block ??= { line: number, managed: false, texts: [] };
      if (this.#block.texts.length < MOST_FRAMES) {
        this.#block.texts.push(kept(site.replace(ARGUMENTS, '')));
      }
      return true;
    }
    if (HEADER.test(line)) {
      const threadOfManaged = /os thread id/iu.test(line);
      const continues = this.#block?.texts.length === 0;
      if (!continues) {
        this.end();
        this.#block = { line: number, managed: threadOfManaged, texts: [] };
      }
      return true;
    }
    return this.#acceptRest(line);
  }

  /** Something else follows. */
  end(): void {
    const block = this.#block;
    this.#block = null;
    if (block !== null && block.texts.length > 0) {
      this.#add(block, block.texts.map(frameOf));
    }
  }

  #acceptRest(line: string): boolean {
    const returned = RETURNED.exec(line)?.[1];
    if (returned !== undefined) {
      this.end();
      this.#returned(handleText(returned));
      return true;
    }
    const texts = this.#block?.texts;
    const last = texts?.at(-1);
    if (texts === undefined || last === undefined) {
      return false;
    }
    // A line that was wrapped: its bracket is still open.
    if (line.trim() !== '' && unclosed(last) && last.length < 1024) {
      texts[texts.length - 1] = kept(`${last}${/\s$/u.test(line) ? line : line.trim()}`);
      return true;
    }
    return /^warning:/iu.test(line);
  }

  #add({ line, managed: declared }: Block, stack: readonly Frame[]): void {
    const kind = createsSection(stack) ? 'creates' : unmapsView(stack) ? 'unmaps' : null;
    const managed = declared || !stack.some(({ text }) => text.includes('!'));
    const stop = this.#stop;
    if (
      stop !== null &&
      !(managed ? stop.managed : stop.native) &&
      (kind === null ? managed : kind === stop.event.kind)
    ) {
      stop.native ||= !managed;
      stop.managed ||= managed;
      // The managed stack names the program's lines.
      if (managed || stop.event.stack.length === 0) {
        stop.event.stack = stack;
      }
      return;
    }
    if (kind !== null) {
      const event: StackEvent = { kind, line, stack, handle: null };
      this.events.push(event);
      this.#stop = { event, native: !managed, managed };
    }
  }

  /** Handles are small multiples of four. */
  #returned(handle: string): void {
    const value = Number(handle);
    if (this.#stop?.event.kind === 'creates' && value > 0 && value < 0x1_0000_0000 && value % 4 === 0) {
      this.#stop.event.handle ??= handle;
    }
  }
}

function unclosed(text: string): boolean {
  return text.lastIndexOf('[') > text.lastIndexOf(']') || text.lastIndexOf('(') > text.lastIndexOf(')');
}

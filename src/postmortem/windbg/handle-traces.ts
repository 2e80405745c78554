/** What `!htrace` and `!htrace -diff` print in WinDbg: for each opening and closing of a handle the stack. */
import { frameOf } from '../frames.ts';
import { type Frame, handleText, type Stack } from '../recording.ts';
import { kept } from '../text.ts';

export interface HandleTrace {
  readonly handle: string;
  readonly opens: boolean;
  readonly line: number;
  readonly stack: Stack;
}

/** `Handle = 0x000001a4 - OPEN`; some versions write a comma. */
const TRACE_LINE = /^\s*handle\s*=\s*(0x[0-9a-f`]+)\s*[-,]\s*(open|close|bad ?ref)/iu;
const PROCESS_LINE = /^\s*thread id\s*=.*process id\s*=\s*0x([0-9a-f`]+)/iu;
const FRAME_LINE = /^\s*0x[0-9a-f`]+:\s*(\S.*)$/iu;
/** An address without a symbol is written as `+0x4aa4fe76`. */
const UNNAMED = /^\+0x/iu;

export class HandleTraces {
  readonly traces: HandleTrace[] = [];
  /** Of the last trace. */
  pid: number | null = null;
  #frames: Frame[] | null = null;

  accept(line: string, number: number): boolean {
    const [, handle, kind] = TRACE_LINE.exec(line) ?? [];
    if (handle !== undefined) {
      const frames: Frame[] = [];
      this.#frames = frames;
      this.traces.push({
        handle: handleText(handle),
        opens: kind?.toLowerCase() === 'open',
        line: number,
        stack: frames,
      });
      return true;
    }
    if (this.#frames === null) {
      return false;
    }
    const frame = FRAME_LINE.exec(line)?.[1];
    if (frame !== undefined) {
      this.#frames.push(frameOf(kept(UNNAMED.test(frame) ? frame.slice(1) : frame)));
      return true;
    }
    const pid = PROCESS_LINE.exec(line)?.[1];
    if (pid !== undefined) {
      this.pid = Number(`0x${pid.replaceAll('`', '')}`);
      return true;
    }
    return line.trim() === '';
  }

  /** Something else follows. */
  end(): void {
    this.#frames = null;
  }
}

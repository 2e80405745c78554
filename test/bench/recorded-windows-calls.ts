/**
 * The calls of Windows that a piece of code makes, recorded once and made again without the code around them: what it
 * costs in the same runtime to ask the system the same questions. What recorded-calls.ts is for the file system.
 */
import type { WindowsApi } from '../../native/windows.ts';
import type { RecordedCalls } from './recorded-calls.ts';

/** What all of them are to us. */
type Call = (...parameters: unknown[]) => unknown;

/** These return a handle that later calls name. */
const OPENING: readonly string[] = ['openProcess', 'duplicate', 'createSection', 'openDevice'];

export class CallRecorder {
  /** To be given to the code in place of the real one. */
  readonly api: WindowsApi;
  #recording: Recording | null = null;

  constructor(api: WindowsApi) {
    this.api = {
      ...api,
      kernel32: this.#wrap(api.kernel32),
      ntdll: this.#wrap(api.ntdll),
      advapi32: this.#wrap(api.advapi32),
    };
  }

  record(code: () => void): RecordedCalls {
    const recording = new Recording();
    this.#recording = recording;
    try {
      code();
    } finally {
      this.#recording = null;
    }
    return recording;
  }

  #wrap<Library extends object>(library: Library): Library {
    const wrapped = Object.entries(library).map(([name, member]: [string, unknown]) => [
      name,
      typeof member === 'function' ? this.#wrapCall(name, member as Call) : member,
    ]);
    return Object.fromEntries(wrapped) as Library;
  }

  #wrapCall(name: string, call: Call): Call {
    return (...parameters) =>
      this.#recording === null ? call(...parameters) : this.#recording.make(name, call, parameters);
  }
}

class Recording implements RecordedCalls {
  readonly #calls: (() => void)[] = [];
  /** By the handle while recording, the one of the replay. */
  readonly #handles = new Map<unknown, unknown>();

  get count(): number {
    return this.#calls.length;
  }

  make(name: string, call: Call, parameters: readonly unknown[]): unknown {
    const result = call(...parameters);
    const handles = this.#handles;
    const [first, ...rest] = parameters;
    if (OPENING.includes(name)) {
      handles.set(result, result);
      this.#calls.push(() => {
        handles.set(result, call(handles.get(first) ?? first, ...rest));
      });
    } else if (name === 'compareObjects') {
      this.#calls.push(() => {
        call(handles.get(first), handles.get(rest[0]));
      });
    } else if (handles.has(first)) {
      this.#calls.push(() => {
        call(handles.get(first), ...rest);
      });
    } else {
      this.#calls.push(() => {
        call(...parameters);
      });
    }
    return result;
  }

  replay = (): void => {
    for (const call of this.#calls) {
      call();
    }
  };
}

/** Where a command prints to, and the exit codes that all commands share. */
import { isatty } from 'node:tty';

export const EXIT_CODES = {
  /** Nothing to report. */
  success: 0,
  /** `lint`: there are findings. */
  findings: 1,
  /** The command could not do what was asked; standard error says why. */
  failed: 2,
} as const;

export interface Output {
  /** Whether standard output is a terminal that wants colours. */
  readonly colour: boolean;
  /** How wide the terminal is on which standard output is shown; null where it is none. */
  readonly columns: number | null;
  /**
   * Resolves when the text has left the process: a pipe may be slower than the process is with ending.
   * @returns false where the reader has gone
   */
  print(text: string): Promise<boolean>;
  error(text: string): void;
}

export function standardOutput(): Output {
  return {
    colour: isatty(1) && (process.env.NO_COLOR ?? '') === '',
    get columns() {
      // Some terminals do not tell.
      return process.stdout.isTTY ? process.stdout.columns || 80 : null;
    },
    print: (text) =>
      new Promise((written, failed) => {
        process.stdout.write(text, (error) => {
          // A reader such as `head` that has seen enough is no failure.
          if (error == null) {
            written(true);
          } else if ('code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED')) {
            written(false);
          } else {
            failed(error);
          }
        });
      }),
    error: (text) => {
      process.stderr.write(text);
    },
  };
}

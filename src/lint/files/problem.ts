/** Why a file or folder was left out, as a value: the rest goes on. */
export interface FileProblem {
  readonly path: string;
  /** What failed and why, to be read after the path: "is binary". */
  readonly what: string;
  /** What the user can do, a sentence of its own. */
  readonly next: string;
}

export function problemSentence(problem: FileProblem, shownPath: string = problem.path): string {
  return `${shownPath} ${problem.what}. ${problem.next}`;
}

/** The problem behind an error of the file system. */
export function accessProblem(path: string, error: unknown): FileProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  switch (code) {
    case 'ENOENT':
      return { path, what: 'does not exist', next: 'Check the path, or run again if it was removed just now.' };
    case 'EACCES':
    case 'EPERM':
      return {
        path,
        what: `may not be read (${code})`,
        next: 'Give this user the right to read it, or exclude it.',
      };
    case 'ELOOP':
      return { path, what: 'is a symbolic link that leads back to itself', next: 'Mend the link, or exclude it.' };
    default:
      return { path, what: `cannot be read (${code})`, next: 'Check the disk, or exclude it.' };
  }
}

/** A fault of ours in one file: the others are still worth their report. */
export function analysisProblem(path: string, error: unknown): FileProblem {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    path,
    what: `was not analysed: the analysis failed on it (${reason})`,
    next: 'Please report it with the file, or exclude it.',
  };
}

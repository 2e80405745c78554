/** The log that the client shows. What was said once is not said again: a workspace is read many times. */
import type { RemoteConsole } from 'vscode-languageserver/node';
import { type FileProblem, problemSentence } from '../files/problem.ts';

export class ProblemLog {
  readonly #console: Pick<RemoteConsole, 'warn'>;
  readonly #said = new Set<string>();

  constructor(console: Pick<RemoteConsole, 'warn'>) {
    this.#console = console;
  }

  readonly file = (problem: FileProblem): void => {
    this.sentence(problemSentence(problem));
  };

  readonly sentence = (sentence: string): void => {
    if (!this.#said.has(sentence)) {
      this.#said.add(sentence);
      this.#console.warn(sentence);
    }
  };
}

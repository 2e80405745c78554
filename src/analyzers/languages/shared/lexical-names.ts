/** Names of locals by scope, while a function is lowered in the order of its text. */
import type { Location } from '../../flow/graph.ts';

export interface LexicalScope {
  readonly names: Map<string, Location>;
  readonly outer: LexicalScope | undefined;
}

export class LexicalNames {
  private scope: LexicalScope = { names: new Map(), outer: undefined };

  get current(): LexicalScope {
    return this.scope;
  }

  bind(name: string, location: Location): void {
    this.scope.names.set(name, location);
  }

  lookUp(name: string, from: LexicalScope = this.scope): Location | undefined {
    for (let scope: LexicalScope | undefined = from; scope !== undefined; scope = scope.outer) {
      const location = scope.names.get(name);
      if (location !== undefined) return location;
    }
    return undefined;
  }

  /** A scope inside of `outer`: of the current one, or of the one in which a clean-up was written. */
  within(body: () => void, outer: LexicalScope = this.scope): void {
    const before = this.scope;
    this.scope = { names: new Map(), outer };
    body();
    this.scope = before;
  }
}

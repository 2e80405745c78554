/** Names in scope while a function is lowered. */
import type { Location } from '../../flow/graph.ts';

export interface Binding {
  /** Where the name's value stands: the local itself, or what a reference refers to. */
  readonly location: Location;
  /** Declared type as written, without qualifiers; empty where it is not known. */
  readonly type: string;
  /** For a pointer that only ever points to one variable: that variable. */
  readonly pointee?: Location;
  /** For a pointer to a function that was looked up by name: the name. */
  readonly calls?: string;
}

export class Names {
  /** Simple name of the class whose method is lowered. */
  readonly owner: string | undefined;
  private readonly scopes: Map<string, Binding>[] = [new Map<string, Binding>()];

  constructor(owner: string | undefined) {
    this.owner = owner;
  }

  within(body: () => void): void {
    this.scopes.push(new Map());
    body();
    this.scopes.pop();
  }

  bind(name: string, binding: Binding): void {
    this.scopes.at(-1)?.set(name, binding);
  }

  /** A declaration of the same scope: an alternative of the preprocessor's declares the name again. */
  declaredHere(name: string): Binding | undefined {
    return this.scopes.at(-1)?.get(name);
  }

  lookUp(name: string): Binding | undefined {
    return this.scopes.findLast((scope) => scope.has(name))?.get(name);
  }
}

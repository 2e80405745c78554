/** Names of locals by block, as the source sees them. */
import type { Location } from '../../flow/graph.ts';

export class LocalNames {
  private readonly blocks: Map<string, Location>[] = [new Map()];

  within(body: () => void): void {
    this.blocks.push(new Map());
    body();
    this.blocks.pop();
  }

  /** @param offset of the declaration from the function's start: two locals of one name are two locations */
  declare(name: string, offset: number): Location {
    const location = `L:${name}@${offset}`;
    this.blocks.at(-1)?.set(name, location);
    return location;
  }

  /** A parameter that the caller gave by reference: its name means what stands at the caller's place. */
  declareReference(name: string, offset: number): Location {
    const location = this.declare(name, offset);
    this.blocks.at(-1)?.set(name, `${location}.*`);
    return location;
  }

  lookUp(name: string): Location | undefined {
    return this.blocks.findLast((block) => block.has(name))?.get(name);
  }
}

/** The acquiring calls of one function, and the numbers of the resources that they make. */
import type { Operand, Span } from './graph.ts';
import type { ResourceTemplate } from './summary.ts';
import { newestOf, type ResourceId } from './values.ts';

export interface Site {
  readonly id: ResourceId;
  readonly resource: ResourceTemplate;
  /** The acquiring call's whole expression. */
  readonly span: Span;
  /** As the source names it: `MemoryMappedFile.CreateNew`. */
  readonly call: string;
  /** Content of the literal that names the section. */
  readonly sectionName?: string | undefined;
  /** Made by a function of the workspace that the call calls, not by the call itself. */
  readonly viaWrapper: boolean;
  /** The first variable, field or parameter that held it. */
  variable?: string | undefined;
}

export class Sites {
  private readonly byKey = new Map<string, Site>();
  private readonly byId = new Map<ResourceId, Site>();

  /** The site of the n-th thing that a call makes; the same one each time. */
  of(key: string, make: () => Omit<Site, 'id' | 'variable'>): Site {
    const known = this.byKey.get(key);
    if (known) return known;
    const site: Site = { id: this.byKey.size * 2, ...make() };
    this.byKey.set(key, site);
    this.byId.set(site.id, site);
    return site;
  }

  get(id: ResourceId): Site {
    const site = this.byId.get(newestOf(id));
    if (site === undefined) throw new Error(`No site of resource ${id}`);
    return site;
  }

  all(): readonly Site[] {
    return [...this.byKey.values()];
  }
}

/** Content of a name given as a literal; undefined where it is computed or absent. */
export function literalOf(operand: Operand | undefined): string | undefined {
  return operand?.literal === undefined || operand.literal === '' ? undefined : operand.literal;
}

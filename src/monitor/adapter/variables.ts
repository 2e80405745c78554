/**
 * A sample as debuggers show it: scopes with variables that open into further ones. Children are made when they are
 * asked for, in pages, since a process may hold ten thousand sections.
 */
import { formatBounds, formatBoundsExactly, formatBytes, formatBytesExactly } from '../../sites/format-bytes.ts';
import type { Figure, FullSample, Holder, SectionRecord } from '../section.ts';

export interface ShownVariable {
  readonly name: string;
  readonly value: string;
  /** Shown beside the value where a client has room for it. */
  readonly type?: string;
  /** 0 where it does not open. */
  readonly variablesReference: number;
  readonly indexedVariables?: number;
}

export interface ShownScope {
  readonly name: string;
  readonly variablesReference: number;
  readonly indexedVariables?: number;
  readonly expensive: false;
}

type Children = (start: number, end: number) => readonly ShownVariable[];

export class SampleVariables {
  readonly #children: Children[] = [];
  readonly scopes: readonly ShownScope[];

  constructor(sample: FullSample) {
    const own = sample.sections.filter(({ kind }) => kind !== 'runtime');
    const runtime = sample.sections.filter(({ kind }) => kind === 'runtime');
    this.scopes = [
      // Clients open the first one by themselves.
      this.#sectionScope('Sections', own),
      this.#scope('Totals', () => totals(sample)),
      ...(runtime.length === 0 ? [] : [this.#sectionScope("Sections of the runtime's own", runtime)]),
      this.#scope('Memory lists', () => Object.entries(sample.memory).map(([name, figure]) => memory(name, figure))),
    ];
  }

  /** @param count 0 for all */
  children(reference: number, start = 0, count = 0): readonly ShownVariable[] {
    return this.#children[reference - 1]?.(start, count === 0 ? Number.POSITIVE_INFINITY : start + count) ?? [];
  }

  #scope(name: string, variables: () => readonly ShownVariable[]): ShownScope {
    return { name, expensive: false, variablesReference: this.#reference(variables) };
  }

  #sectionScope(name: string, sections: readonly SectionRecord[]): ShownScope {
    const variablesReference = this.#children.push((start, end) =>
      sections.slice(start, end).map((section) => this.#section(section)),
    );
    return { name, expensive: false, variablesReference, indexedVariables: sections.length };
  }

  #section(section: SectionRecord): ShownVariable {
    return {
      name: section.name ?? section.id,
      value: `${formatBytes(section.maximumBytes)}, ${formatBounds(section.unownedBytes)} in no view`,
      type: section.state,
      variablesReference: this.#reference(() => this.#fields(section)),
    };
  }

  #fields(section: SectionRecord): readonly ShownVariable[] {
    return [
      text('id', section.id),
      text('kind', section.kind),
      text('state', section.state),
      text('maximumBytes', formatBytesExactly(section.maximumBytes)),
      text('allocatedBytes', section.allocatedBytes === null ? '-' : formatBytesExactly(section.allocatedBytes)),
      text('mappedBytes', formatBytesExactly(section.mappedBytes)),
      text('unownedBytes', formatBoundsExactly(section.unownedBytes)),
      text('how', section.how),
      text('since', section.since ?? 'before the first sample'),
      {
        ...text('holders', section.holders.map(({ name, pid }) => `${name} (${pid})`).join(', ')),
        variablesReference: this.#reference(() => section.holders.map(holder)),
      },
    ];
  }

  #reference(variables: () => readonly ShownVariable[]): number {
    return this.#children.push((start, end) => variables().slice(start, end));
  }
}

function totals({ totals: figures, growth, process, time, unreadable }: FullSample): readonly ShownVariable[] {
  const { allocatedBytes, privateBytes } = { ...figures, ...process };
  return [
    text('verdict', growth.verdict),
    text('sections', String(figures.sections)),
    text('unownedBytes', formatBoundsExactly(figures.unownedBytes)),
    text('allocatedBytes', allocatedBytes === null ? '-' : formatBytesExactly(allocatedBytes)),
    text('mappedBytes', formatBytesExactly(figures.mappedBytes)),
    text('privateBytes of the process', privateBytes === null ? '-' : formatBytesExactly(privateBytes)),
    text('time', time),
    ...unreadable.map((sentence, index) => text(`unreadable ${index + 1}`, sentence)),
  ];
}

function memory(name: string, figure: Figure): ShownVariable {
  return text(name, 'bytes' in figure ? formatBytesExactly(figure.bytes) : `- (${figure.reason})`);
}

function holder({ pid, name, handles, mappedBytes }: Holder): ShownVariable {
  return text(
    `${name} (${pid})`,
    `${handles} ${handles === 1 ? 'handle' : 'handles'}, ${formatBytesExactly(mappedBytes)} in views`,
  );
}

function text(name: string, value: string): ShownVariable {
  return { name, value, variablesReference: 0 };
}

/** Random programs on a model of Windows: whatever they do, the truth lies in the ranges that the monitor tells. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SectionObserver } from '../../../../../src/monitor/platforms/windows/observe.ts';
import { SectionTable } from '../../../../../src/monitor/platforms/windows/section-table.ts';
import { Sampler } from '../../../../../src/monitor/sampler.ts';
import type { Bounds, FullSample } from '../../../../../src/monitor/section.ts';
import { type ModelSection, ModelWindows, PAGE } from './model.ts';

const WATCHED = 100;
const CHILD = 200;
const STRANGER = 300;
const PIDS = [WATCHED, CHILD, STRANGER];

/** Numbers choose among what is there. */
type Step =
  | { readonly do: 'create'; readonly pages: number; readonly reserve: boolean; readonly named: boolean }
  | {
      readonly do: 'duplicate' | 'map';
      readonly which: number;
      readonly from: number;
      readonly to: number;
      readonly pages: number;
    }
  | { readonly do: 'close' | 'unmap' | 'commit'; readonly which: number; readonly from: number }
  | { readonly do: 'look' };

const process = fc.constantFrom(WATCHED, WATCHED, WATCHED, CHILD, STRANGER);
const which = fc.nat(1000);
const pages = fc.constantFrom(1, 2, 16, 16, 17);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('create' as const),
    pages,
    reserve: fc.constantFrom(false, false, true),
    named: fc.constantFrom(false, false, false, true),
  }),
  fc.record({
    do: fc.constantFrom('duplicate' as const, 'map' as const, 'map' as const),
    which,
    from: process,
    to: process,
    pages,
  }),
  fc.record({
    do: fc.constantFrom('close' as const, 'unmap' as const, 'unmap' as const, 'commit' as const),
    which,
    from: process,
  }),
  fc.record({ do: fc.constant('look' as const) }),
);

class Watch {
  readonly windows = new ModelWindows();
  readonly #table = new SectionTable(this.windows, WATCHED);
  readonly #sampler = new Sampler(WATCHED);
  readonly #observer = new SectionObserver();
  #names = 0;

  run(order: Step): void {
    const { windows } = this;
    switch (order.do) {
      case 'create':
        windows.create(WATCHED, { ...order, name: order.named ? `\\BaseNamedObjects\\n${this.#names++}` : '' });
        break;
      case 'duplicate':
      case 'map': {
        const section = choose([...windows.process(order.from).handles.values()], order.which);
        if (section !== undefined && order.do === 'duplicate') {
          windows.open(order.to, section);
        } else if (section !== undefined) {
          windows.map(order.from, section, order.pages);
        }
        break;
      }
      case 'close': {
        const handle = choose([...windows.process(order.from).handles.keys()], order.which);
        windows.closeHandle(order.from, handle ?? 0);
        break;
      }
      case 'unmap': {
        const address = choose([...windows.process(order.from).views.keys()], order.which);
        windows.unmap(order.from, address ?? 0);
        break;
      }
      case 'commit': {
        const section = choose([...windows.process(order.from).handles.values()], order.which);
        if (section?.reserve === true) {
          section.committedBytes = Math.min(section.bytes, section.committedBytes + PAGE);
        }
        break;
      }
      case 'look':
        break;
    }
  }

  /** @param withCounts whether the table of the watched process tells how many handles its objects have */
  look(withCounts: boolean): FullSample {
    const watched = new Set([WATCHED]);
    this.#table.beginLook(watched, () => true);
    this.#table.update(PIDS.map((pid) => this.windows.owner(pid, withCounts && pid === WATCHED)));
    assert.equal(this.windows.openDuplicates, 0, 'nothing is kept open');
    const sections = this.#observer.observe(this.#table.sections, {
      main: WATCHED,
      watched,
      nameOf: String,
      views: new Map(PIDS.map((pid) => [pid, this.windows.regions(pid)])),
      heirsOf: () => [CHILD],
    });
    this.#sampler.take(
      {
        process: { name: 'model', residentBytes: 0, residentSharedBytes: null, privateBytes: 0 },
        watched,
        sections,
        memory: {},
        unseen: { bytes: Number.POSITIVE_INFINITY, reason: 'a process may have a view' },
        unreadable: [],
      },
      new Date(0),
    );
    return this.#sampler.full()!;
  }

  /** The sections that the watched process has a handle of. */
  get held(): readonly ModelSection[] {
    return [...new Set(this.windows.process(WATCHED).handles.values())];
  }
}

function choose<Item>(items: readonly Item[], number: number): Item | undefined {
  return items[number % items.length];
}

function assertWithin(truth: number, { min, max }: Bounds, what: string): void {
  assert.ok(min <= truth && truth <= max, `${what}: ${truth} is not in ${min}..${max}`);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

describe('what the monitor tells of random programs on Windows', () => {
  it('contains the truth, and counts every section once', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), fc.boolean(), (steps, withCounts) => {
        const watch = new Watch();
        for (const order of [...steps, { do: 'look' } as const]) {
          // A stranger that gets a section and gives its handle back between two looks is not known for one.
          if (order.do === 'close' && order.from === STRANGER) {
            watch.look(withCounts);
          }
          watch.run(order);
          if (order.do === 'look') {
            assertTrue(watch.look(withCounts), watch);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is exact where no view fits', () => {
    fc.assert(
      fc.property(fc.array(pages, { maxLength: 30 }), (all) => {
        const watch = new Watch();
        watch.windows.create(WATCHED, { pages: 100, reserve: false, name: '' });
        for (const length of all) {
          watch.windows.create(WATCHED, { pages: length, reserve: false, name: '' });
        }
        const [longest] = watch.held;
        watch.windows.map(WATCHED, longest!, 100);
        const { totals, sections } = watch.look(false);
        assert.ok(
          sections.every(
            ({ maximumBytes: bytes, unownedBytes: { min, max } }) =>
              max === bytes && (bytes === 100 * PAGE || min === max),
          ),
        );
        assert.deepEqual(totals.unownedBytes, { min: sum(all) * PAGE, max: (sum(all) + 100) * PAGE });
      }),
    );
  });
});

function assertTrue({ sections, totals }: FullSample, { windows, held }: Watch): void {
  const withHandle = sections.filter(({ holders }) =>
    holders.some(({ pid, handles }) => pid === WATCHED && handles > 0),
  );
  assert.deepEqual(withHandle.map(bytesOf).sort(), held.map(({ bytes }) => bytes).sort(), 'each section once');
  assert.equal(
    sum(withHandle.map(({ holders }) => holders.find(({ pid }) => pid === WATCHED)?.handles ?? 0)),
    windows.process(WATCHED).handles.size,
    'each handle once',
  );
  const truths = held.map((section) => windows.unownedBytes(section));
  assertWithin(sum(truths), totals.unownedBytes, 'all');
  assertWithin(truths.filter((bytes) => bytes > 0).length, totals.unownedSections, 'sections');
  for (const { kind, maximumBytes, unownedBytes } of withHandle) {
    // Sections of the same bytes and kind cannot be told from each other here: the widest of them has to hold.
    const same = held.filter(({ bytes, reserve }) => bytes === maximumBytes && reserve === (kind === 'reserve'));
    assert.ok(
      same.some((section) => {
        const truth = windows.unownedBytes(section);
        return unownedBytes.min <= truth && truth <= unownedBytes.max;
      }),
    );
  }
}

function bytesOf({ maximumBytes }: FullSample['sections'][number]): number {
  return maximumBytes;
}

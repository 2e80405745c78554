/**
 * Damaged and hostile files: a reader never throws, never takes long, and says what it could not read. The long mode
 * (SECTION_LEAKS_FUZZ_RUNS=20000) is run by hand; its figures stand in docs/postmortem.md.
 */
import assert from 'node:assert/strict';
import { env } from 'node:process';
import fc from 'fast-check';
import { compare } from '../../../src/postmortem/comparison.ts';
import { groupsOf } from '../../../src/postmortem/groups.ts';
import { readRecording } from '../../../src/postmortem/readers.ts';
import { memorySource } from '../../../src/postmortem/source.ts';
import { recordedTotals } from '../../../src/postmortem/totals.ts';
import { MEM_COMMIT, MEM_MAPPED, sectionInformation, writeDump } from './minidump-writer.ts';
import { recordingOf, refusalOf, sampleBytes } from './recordings.ts';

const RUNS = Number(env.SECTION_LEAKS_FUZZ_RUNS ?? 500);

const SAMPLES = [
  'server.log',
  'htrace.log',
  'handle-exe.txt',
  'handle-exe-counts.txt',
  'process-explorer.txt',
  'system-informer.csv',
  'etwanalyzer.csv',
  'lsof.txt',
  'proc.txt',
].map(sampleBytes);

const DUMP = writeDump({
  pid: 4711,
  modules: [{ base: 0x1000n, bytes: 0x1000, path: 'C:\\srv\\server.exe' }],
  regions: [{ bytes: 4096n, state: MEM_COMMIT, type: MEM_MAPPED }],
  handles: [
    {
      handle: 4,
      type: 'Section',
      name: 'Cache',
      information: [{ type: 1, content: new Uint8Array(8) }, sectionInformation(0x800_0000, 4096n)],
    },
    { handle: 8, type: 'Section', information: [sectionInformation(0x400_0000, 8192n)] },
    { handle: 12, type: 'File' },
  ],
  operations: [{ handle: 4, kind: 1, addresses: [0x1234n, 0x9999n] }],
});

/** Everything that is made of a file, so that none of it can fail later. */
function readAll(bytes: Uint8Array): void {
  const recording = readRecording(memorySource(bytes), 'file');
  if ('refusal' in recording) {
    assert.match(recording.refusal, /^file is .*\.$/su);
    return;
  }
  const totals = recordedTotals(recording);
  assert.ok(totals.bytes >= 0 && Number.isFinite(totals.bytes));
  const { min, max } = totals.unownedBytes ?? { min: 0, max: 0 };
  assert.ok(min >= 0 && max >= min, `${min} to ${max}`);
  groupsOf(recording.sections);
  const { came, went } = compare(recording, recording);
  assert.deepEqual([came.sections, went.sections], [0, 0]);
}

function withNumber(offset: number, value: number): Buffer {
  const bytes = Buffer.from(DUMP);
  bytes.writeUInt32LE(value >>> 0, offset);
  return bytes;
}

/** Where a stream's location stands in the directory, and where its content begins. */
function stream(type: number): { readonly entry: number; readonly content: number } {
  for (let entry = 32; entry < 32 + 8 * 12; entry += 12) {
    if (DUMP.readUInt32LE(entry) === type) {
      return { entry, content: DUMP.readUInt32LE(entry + 8) };
    }
  }
  throw new Error(`stream ${type} is in the dump`);
}

function descriptor(index: number): number {
  return stream(12).content + 16 + index * 40;
}

describe('damaged minidump', () => {
  it('is read as far as it goes when it is cut at any byte', () => {
    const whole = recordingOf(DUMP);
    assert.equal(whole.sections.length, 2);
    for (let length = 4; length < DUMP.length; length += 1) {
      const { sections, troubles, remedies } = recordingOf(DUMP.subarray(0, length));
      assert.ok(sections.length <= 2);
      assert.ok(length >= DUMP.length - 8 || troubles.length + remedies.length > 0, `${length} bytes`);
    }
  });

  it('names the offset of a count that the file cannot hold', () => {
    const { sections, troubles } = recordingOf(withNumber(stream(12).content + 8, 0xffff_ffff));
    assert.equal(sections.length, 2);
    assert.match(troubles[0]!, /handles at offset 0x[0-9a-f]+ should be 4,294,967,295; 3 of them are in the file/u);
  });

  it('leaves out handles whose stride is too small, zero or beyond all reason', () => {
    for (const stride of [0, 16, 31, 0xffff_ffff]) {
      const { sections, troubles, lists } = recordingOf(withNumber(stream(12).content + 4, stride));
      assert.deepEqual([sections.length, lists], [0, false]);
      assert.match(troubles[0]!, /offset 0x[0-9a-f]+ says entries of/u);
    }
  });

  it('shows a section without name and length whose addresses lie outside of the file', () => {
    const { sections, troubles } = recordingOf(withNumber(descriptor(0) + 12, 0xffff_0000));
    assert.deepEqual([sections.length, sections[0]!.name], [2, null]);
    assert.match(troubles[0]!, /offset 0xffff0000, outside of the file/u);
    const far = recordingOf(withNumber(descriptor(0) + 32, 0xffff_0000));
    assert.deepEqual([far.sections[0]!.bytes, far.sections[1]!.bytes], [null, 8192]);
  });

  it('ends a chain of object information that goes round', () => {
    const first = DUMP.readUInt32LE(descriptor(0) + 32);
    const { sections, troubles } = recordingOf(withNumber(first, first));
    assert.equal(sections[0]!.bytes, null);
    assert.match(troubles[0]!, /chain .* does not end/u);
  });

  it('ends a chain whose last record points to its first', () => {
    const content = new Uint8Array(8);
    const information = [
      { type: 1, content },
      { type: 2, content },
    ];
    const bytes = writeDump({ handles: [{ handle: 4, type: 'Section', information }] });
    // The one descriptor stands last.
    const first = bytes.readUInt32LE(bytes.length - 8);
    bytes.writeUInt32LE(first, bytes.readUInt32LE(first));
    assert.match(recordingOf(bytes).troubles[0]!, /chain .* does not end/u);
  });

  it('does not read a name that is longer than any can be, though the file is', () => {
    const name = DUMP.readUInt32LE(descriptor(0) + 12);
    const { sections } = recordingOf(Buffer.concat([withNumber(name, 100_000), Buffer.alloc(200_000)]));
    assert.deepEqual([sections.length, sections[0]!.name], [2, null]);
  });

  it('does not read a name that has no end', () => {
    const name = DUMP.readUInt32LE(descriptor(0) + 12);
    const { sections, troubles } = recordingOf(withNumber(name, 0xffff_fff0));
    assert.equal(sections[0]!.name, null);
    assert.match(troubles[0]!, /should have 4,294,967,280 bytes/u);
  });

  it('is read whatever bytes are changed', () => {
    const change = fc.record({
      offset: fc.nat(DUMP.length - 4),
      value: fc.oneof(fc.integer(), fc.constantFrom(-1, 0, 8)),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const bytes = Buffer.from(DUMP);
        for (const { offset, value } of changes) {
          bytes.writeInt32LE(value, offset);
        }
        readAll(bytes);
      }),
      { numRuns: RUNS },
    );
  });

  it('is read whatever follows its signature', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 512 }), (rest) => {
        readAll(Buffer.concat([Buffer.from('MDMP'), rest]));
      }),
      { numRuns: RUNS },
    );
  });
});

describe('damaged text', () => {
  it('is read as far as it goes when it is cut at any byte', () => {
    for (const sample of SAMPLES) {
      const step = Math.ceil(sample.length / 400);
      for (let length = 1; length < sample.length; length += step) {
        readAll(sample.subarray(0, length));
      }
    }
  });

  it('is read whatever lines are doubled, dropped, cut or put elsewhere', () => {
    const lines = SAMPLES.flatMap((sample) => sample.toString('utf8').split('\n'));
    const line = fc
      .tuple(fc.constantFrom(...lines), fc.nat(120))
      .map(([text, end]) => (end > 100 ? text : text.slice(0, end)));
    fc.assert(
      fc.property(fc.constantFrom(...SAMPLES), fc.array(line, { maxLength: 60 }), (sample, mixed) => {
        const head = sample.toString('utf8').split('\n', 3).join('\n');
        readAll(Buffer.from([head, ...mixed].join('\n')));
      }),
      { numRuns: RUNS },
    );
  });

  it('is read whatever bytes are changed', () => {
    const change = fc.record({ place: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.constantFrom(...SAMPLES), fc.array(change, { maxLength: 20 }), (sample, changes) => {
        const bytes = Buffer.from(sample);
        for (const { place, byte } of changes) {
          bytes[Math.floor(place * (bytes.length - 1))] = byte;
        }
        readAll(bytes);
      }),
      { numRuns: RUNS },
    );
  });

  it('cuts a line that does not end, and reads on behind it', () => {
    const endless = `0:000> dps\n${'x'.repeat(3_000_000)}\n${sampleBytes('server-earlier.log').toString('utf8')}`;
    const { sections, troubles } = recordingOf(endless);
    assert.equal(sections.length, 16);
    assert.match(troubles[0]!, /^1 line is longer .*cut/u);
  });

  it('gives a row up whose quote does not end', () => {
    const { sections, troubles } = recordingOf(
      `"Type","Name","Handle"\n"Section","a","0x4"\n"Section","b\n${'y\n'.repeat(300_000)}`,
    );
    assert.equal(sections.length, 1);
    assert.match(troubles[0]!, /quote that does not end/u);
  });
});

describe('another kind of file', () => {
  it('is refused with what it is, and what can be read', () => {
    assert.match(refusalOf(''), /^sample is empty/u);
    assert.match(refusalOf('once upon a time\n'), /no file that is known here.*minidump.*WinDbg log/u);
    assert.match(refusalOf(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1)), /ELF.*core dump of Linux/u);
    assert.match(refusalOf('PAGEDU64'), /Windows kernel/u);
    assert.match(refusalOf(new Uint8Array(100_000)), /no file that is known here/u);
  });

  it('is refused or read whatever bytes it has', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        readAll(bytes);
      }),
      { numRuns: RUNS },
    );
  });
});

/** `section-leaks dump` as a user runs it, on the constructed samples. */
import assert from 'node:assert/strict';
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { pathToFileURL } from 'node:url';
import AjvDraft04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import type { Log } from 'sarif';
import { sectionInformation, writeDump } from '../unit/postmortem/minidump-writer.ts';
import { folderWith, REPOSITORY, sectionLeaks } from './command-line.ts';

const SAMPLES = join(REPOSITORY, 'test', 'samples', 'postmortem');
const SERVER = join(SAMPLES, 'server.log');
const EARLIER = join(SAMPLES, 'server-earlier.log');
const SCHEMA_FILE = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const GIB = 1024 ** 3;

describe('section-leaks dump', () => {
  it('prints the totals as readers of such logs know them, and the lines that made the sections', async () => {
    const { code, output, complaints } = await sectionLeaks(['dump', SERVER]);
    assert.deepEqual([code, complaints], [0, '']);
    assert.match(output, /^24 sections, 19,327,504,385 bytes \(0x480025001\)$/mu);
    assert.match(
      output,
      /^ +18 +18\.0 GiB {2}PageFileAllocator\.cs:60 {2}PageFileAllocator\.Program\.Allocate\(Int64\)$/mu,
    );
    assert.match(output, /^The sum that the log states itself is the same/mu);
  });

  it('compares two files of one process', async () => {
    const { code, output } = await sectionLeaks(['dump', EARLIER, SERVER]);
    assert.equal(code, 0);
    assert.match(
      output,
      /From the first file to the second:\n {2}\+ 8 sections, 2,147,635,201 bytes \(0x80025001\)\n/u,
    );
    assert.match(output, /New ones made at:\n +2 +2\.0 GiB {2}PageFileAllocator\.cs:60/u);
  });

  it('ends with 1 if --fail-on is exceeded, and with 0 if it is met exactly', async () => {
    assert.equal((await sectionLeaks(['dump', '--fail-on', '19327504384', SERVER])).code, 1);
    assert.equal((await sectionLeaks(['dump', '--fail-on', '19327504385', SERVER])).code, 0);
    assert.equal((await sectionLeaks(['dump', '--fail-on', '18GiB', EARLIER, SERVER])).code, 1);
  });

  it('does not pass --fail-on for a file that does not tell', async () => {
    using folder = folderWith({ 'bare.dmp': writeDump({}) });
    const { code, complaints } = await sectionLeaks(['dump', '--fail-on', '1GiB', join(folder.path, 'bare.dmp')]);
    assert.equal(code, 2);
    assert.match(complaints, /--fail-on cannot be answered/u);
  });

  it('ends with 2 and a sentence for what cannot be read, and shows the rest', async () => {
    using folder = folderWith({ core: Uint8Array.of(0x7f, 0x45, 0x4c, 0x46), 'empty.dmp': '' });
    const paths = ['core', 'empty.dmp', 'missing.dmp', '.'].map((name) => join(folder.path, name));
    const { code, output, complaints } = await sectionLeaks(['dump', ...paths, EARLIER]);
    assert.equal(code, 2);
    assert.match(output, /^16 sections, 17,179,869,184 bytes \(0x400000000\)$/mu);
    assert.equal(complaints.trimEnd().split('\n').length, 4);
    assert.match(
      complaints,
      /ELF file.*\n.*empty\.dmp is empty\.\n.*missing\.dmp does not exist: check the path\.\n.* is a folder/u,
    );
  });

  it('prints one JSON object that holds sections, totals, groups and the comparison', async () => {
    const { output } = await sectionLeaks(['dump', '--format', 'json', EARLIER, SERVER]);
    const report = JSON.parse(output) as {
      schema: number;
      files: { format: string; totals: object; sections: object[]; groups: { handles: string[] }[] }[];
      comparison: { came: object };
    };
    const [, server] = report.files;
    assert.equal(report.schema, 1);
    assert.equal(server!.format, 'WinDbg log');
    assert.equal(server!.sections.length, 24);
    assert.deepEqual(server!.totals, {
      sections: 24,
      bytes: 19_327_504_385,
      unsized: 0,
      unownedBytes: { min: 0, max: 19_327_504_385 },
      kinds: [{ kind: 'page-file', sections: 24, bytes: 19_327_504_385, unsized: 0 }],
      apart: [],
    });
    assert.deepEqual(
      server!.groups.map(({ handles }) => handles.length),
      [18, 6],
    );
    assert.deepEqual(report.comparison.came, { sections: 8, bytes: 2_147_635_201, unsized: 0 });
  });

  it('prints SARIF that its schema allows, with each group at its line', async () => {
    const missing = join(SAMPLES, 'missing.dmp');
    const { output } = await sectionLeaks(['dump', '--format', 'sarif', SERVER, join(SAMPLES, 'lsof.txt'), missing]);
    const log = JSON.parse(output) as Log;
    const ajv = new AjvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
    formats.default(ajv);
    ajv.validate(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')) as object, log);
    assert.deepEqual(ajv.errors ?? [], []);
    const [first] = log.runs[0]!.results!;
    assert.deepEqual(first!.locations![0]!.physicalLocation, {
      artifactLocation: { uri: 'file:///D:/src/PageFileAllocator.cs' },
      region: { startLine: 60 },
    });
    assert.match(first!.message.text!, /^18 sections, 19,327,352,832 bytes/u);
    assert.equal(first!.stacks![0]!.frames.length, 5);
    assert.equal(log.runs[0]!.invocations![0]!.executionSuccessful, false);
  });

  it('says what the lint finds at the line that made them, in the sources that are at hand', async () => {
    const sample = readFileSync(join(REPOSITORY, 'test/samples/csharp/PageFileAllocator/PageFileAllocator.cs'), 'utf8');
    const before = sample.split('\n').findIndex((line) => line.includes('MemoryMappedFile.CreateNew('));
    using folder = folderWith({ 'app/PageFileAllocator.cs': '\n'.repeat(59 - before) + sample, 'app/Cache.cs': '' });
    const { output } = await sectionLeaks(['dump', '--lint', 'app', SERVER], { folder: folder.path });
    assert.match(output, /PageFileAllocator\.cs:60 .*Allocate\(Int64\) {2}lint: .* \(section-outlives-view\)$/mu);
    assert.match(output, /Cache\.cs:42 {2}PageFileAllocator\.Cache\.Fill\(System\.String\)$/mu);
    const sarif = await sectionLeaks(['dump', '--format', 'sarif', '--lint', 'app', SERVER], { folder: folder.path });
    const [first] = (JSON.parse(sarif.output) as Log).runs[0]!.results!;
    assert.equal(
      first!.locations![0]!.physicalLocation!.artifactLocation!.uri,
      pathToFileURL(join(folder.path, 'app/PageFileAllocator.cs')).href,
    );
  });

  it('does not let names drive the terminal', async () => {
    const name = '\\BaseNamedObjects\\\u001b]0;owned\u0007';
    using folder = folderWith({
      'a.dmp': writeDump({ handles: [{ handle: 4, type: 'Section', name }], modules: [] }),
      'a.log': `0:000> k\n00 000000e5\`4b7ff5d8 00007ffb\`1a2b3c40     KERNELBASE!CreateFileMappingW\n01 000000e5\`4b7ff5e0 00007ffb\`1a2b3c41     app!Fill\u001b[2J\n0:000> !handle 0 f\nHandle 4\n  Type Section\n  Name <none>\n`,
    });
    const { output } = await sectionLeaks(['dump', join(folder.path, 'a.dmp'), join(folder.path, 'a.log')]);
    assert.match(output, /app!Fill\?\[2J/u);
    assert.ok(!output.includes('\u001b'));
  });

  it('reads a dump of 20 GB by parts, in less memory than 100 MB', async () => {
    const dump = writeDump({
      pid: 4711,
      handles: [{ handle: 4, type: 'Section', information: [sectionInformation(0x800_0000, BigInt(GIB))] }],
    });
    using folder = folderWith({ 'server.dmp': dump });
    const path = join(folder.path, 'server.dmp');
    const file = openSync(path, 'r+');
    ftruncateSync(file, 20 * GIB);
    // Something at the end, where the memory of a full dump stands.
    writeSync(file, 'end', 20 * GIB - 3);
    closeSync(file);
    const bound = ['--max-old-space-size=64', '--max-semi-space-size=1'];
    const { code, output } = await sectionLeaks(['dump', path], {
      through: [execPath, '-e', MEASURE, '--', ...bound],
    });
    const [peak = ''] = /^peak \d+$/mu.exec(output) ?? [];
    assert.equal(code, 0);
    assert.match(output, /^1 section, 1,073,741,824 bytes \(0x40000000\)$/mu);
    const grown = Number(peak.slice('peak '.length));
    assert.ok(grown > 0 && grown < 100 * 1024, `${grown} KiB more than Node alone`);
  });
});

/** Runs Node without a program and then with this one: by how many KiB the peak of memory is higher. */
const MEASURE = `
const { spawnSync } = require('node:child_process');
const [...words] = process.argv.slice(1).filter((word) => word !== '--');
const program = words.indexOf(process.execPath);
const bound = words.slice(0, program);
const tell = "process.on('exit', () => process.stdout.write('own ' + process.resourceUsage().maxRSS + '\\\\n'))";
const run = (rest) => spawnSync(process.execPath, [...bound, '--import', 'data:text/javascript,' + encodeURIComponent(tell), ...rest], { encoding: 'utf8' });
const peak = ({ stdout }) => Number(/^own (\\d+)$/m.exec(stdout)[1]);
const alone = run(['-e', '']);
const ours = run(words.slice(program + 1));
process.stdout.write(ours.stdout);
process.stderr.write(ours.stderr);
process.stdout.write('peak ' + (peak(ours) - peak(alone)) + '\\n');
process.exitCode = ours.status;
`;

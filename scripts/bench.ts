/** `npm run bench`: how much the lint and the monitor cost, as multiples of what they stand on. */
import { stdout } from 'node:process';
import { benchKeystrokes } from '../test/bench/keystroke.ts';
import type { Multiple } from '../test/bench/pairs.ts';
import { benchSnapshot } from '../test/bench/snapshot.ts';
import { benchWhole } from '../test/bench/whole.ts';
import { benchWindowsSnapshots } from '../test/bench/windows-snapshot.ts';

const KEYSTROKE_AIM = 3;
const LINT_AIM = 3;
const SNAPSHOT_AIM = 1.5;
const ENUMERATION_AIM = 3;
const SECTIONS = 10_000;

stdout.write(`Lint after a keystroke, as a multiple of tree-sitter's full parse of the file (aim: ${KEYSTROKE_AIM})\n`);
const keystrokes = await benchKeystrokes();
for (const { title, lines, findings, ofFullParse } of keystrokes) {
  stdout.write(row(`${title}, ${lines} lines, ${findings} findings`, ofFullParse, KEYSTROKE_AIM));
}
stdout.write("\nThe same as a multiple of tree-sitter's incremental parse, which knows the tree before (no aim)\n");
for (const { title, ofIncrementalParse } of keystrokes) {
  stdout.write(row(title, ofIncrementalParse));
}

stdout.write(
  `\nLint of files that are read for the first time, as a multiple of their bare parse (aim: ${LINT_AIM})\n`,
);
const whole = await benchWhole();
const corpus = `${whole.files} made files, ${whole.lines.toLocaleString('en-US')} lines, ${whole.findings} findings`;
stdout.write(row(corpus, whole.multiple, LINT_AIM));

stdout.write(`\nSnapshot of ${SECTIONS.toLocaleString('en-US')} sections, as a multiple of its bare system calls `);
stdout.write(`(aim: ${SNAPSHOT_AIM})\n`);
const snapshot = await benchSnapshot(SECTIONS);
if (typeof snapshot === 'string') {
  stdout.write(`  Not measured. ${snapshot}\n`);
} else {
  if (snapshot.sections < SECTIONS) {
    stdout.write(`  The limit of open files (ulimit -Hn) allows ${snapshot.sections} sections only.\n`);
  }
  for (const { name, calls, multiple } of snapshot.measures) {
    stdout.write(row(`${name}, ${calls.toLocaleString('en-US')} calls`, multiple, SNAPSHOT_AIM));
  }
}

stdout.write('\nSnapshot of 10,000 sections of a Windows program, in Windows Node, as a multiple of the bare calls ');
stdout.write(
  `(aim: ${SNAPSHOT_AIM})\n  and a later one as a multiple of the bare enumeration of all handles (aim: ${ENUMERATION_AIM})\n`,
);
const windows = await benchWindowsSnapshots();
if (typeof windows === 'string') {
  stdout.write(`  Not measured. ${windows}\n`);
} else {
  for (const { handles, calls, firstOfBareCalls, laterOfBareCalls, laterOfBareEnumeration } of windows) {
    const held = `${handles.toLocaleString('en-US')} handles`;
    stdout.write(
      row(`${held}, the first snapshot, ${calls.toLocaleString('en-US')} calls`, firstOfBareCalls, SNAPSHOT_AIM),
    );
    stdout.write(row(`${held}, every later one`, laterOfBareCalls, SNAPSHOT_AIM));
    stdout.write(row(`${held}, every later one, of the bare enumeration`, laterOfBareEnumeration, ENUMERATION_AIM));
  }
}

function row(what: string, { milliseconds, baseMilliseconds, multiple }: Multiple, aim?: number): string {
  const times = `${milliseconds.toFixed(2)} ms / ${baseMilliseconds.toFixed(2)} ms`;
  const verdict = aim === undefined ? '' : multiple <= aim ? '  met' : '  NOT met';
  return `  ${what.padEnd(72)} ${times.padStart(24)}  ${multiple.toFixed(2).padStart(6)}${verdict}\n`;
}

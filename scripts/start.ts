/**
 * `npm start`: the leak seen twice. Builds the product, lints the samples, starts the leaking one, watches it for ten
 * seconds, and ties the lint's line to the sections that the process holds.
 */
import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { execPath, exit, platform, stderr, stdout } from 'node:process';
import { styleText } from 'node:util';
import type { FullSample } from '../src/monitor/section.ts';
import { formatBytesExactly } from '../src/sites/format-bytes.ts';
import { run } from './setup/processes.ts';
import { type RunningSample, startSample } from './start/sample.ts';
import { type LintOutput, tieLines } from './start/tie.ts';

const CLI = 'dist/cli.cjs';
const WATCH_SECONDS = 10;
/** `lint`: there are findings. */
const FINDINGS = 1;

try {
  heading('Build');
  await expectExit([0], ['scripts/build.ts']);
  heading('The leak in the code: section-leaks lint test/samples');
  await expectExit([FINDINGS], [CLI, 'lint', 'test/samples']);
  if (platform === 'linux') {
    heading('The leak in a running process');
    using sample = await startSample();
    await watch(sample);
    heading('The same leak');
    await tie(sample);
  } else {
    stdout.write(`\nLeft out: the running process. The section monitor does not read ${platform} yet, only Linux.\n`);
  }
  heading('The same in VS Code');
  stdout.write(
    'npm run code   opens the real VS Code in a browser, with the extension and test/samples.\n' +
      'There, start a sample and run the command "Section Leaks: Attach Section Monitor".\n',
  );
} catch (error) {
  stderr.write(`section-leaks: ${error instanceof Error ? error.message : String(error)}\n`);
  exit(1);
}

async function watch({ pid, source }: RunningSample): Promise<void> {
  const watching = ['watch', '--pid', String(pid), '--seconds', String(WATCH_SECONDS), '--lint', dirname(source)];
  stdout.write(`${source} runs (pid ${pid}) and makes a section of 16 MiB every 0.3 s, 24 in all.\n`);
  stdout.write(`section-leaks ${watching.join(' ')}\n\n`);
  await expectExit([0], [CLI, ...watching]);
}

async function tie(sample: RunningSample): Promise<void> {
  if (!(await sample.whenHolding())) {
    stdout.write('Left out: the sample did not come to hold all its sections, so its figures are of this moment.\n');
  }
  const watched = await outputOf(['watch', '--pid', String(sample.pid), '--seconds', '1', '--format', 'json']);
  const linted = await outputOf(['lint', '--format', 'json', dirname(sample.source)]);
  const [firstSample = ''] = watched.split('\n', 1);
  const lines = tieLines(JSON.parse(linted) as LintOutput, JSON.parse(firstSample) as FullSample);
  if (lines.length === 0) {
    throw new Error(`no line that the lint reports in ${sample.source} explains a section of the process`);
  }
  const { sections, bytes } = sample.printed();
  stdout.write(
    `${lines.join('\n')}\n  sample   ${sections} sections, ${formatBytesExactly(bytes)}: what it printed itself\n`,
  );
}

async function expectExit(codes: readonly number[], [script, ...parameters]: readonly [string, ...string[]]) {
  const { code, reason } = await run(execPath, [script, ...parameters]);
  if (code === null || !codes.includes(code)) {
    throw new Error(`${script} ${parameters.join(' ')} ended with ${reason ?? `exit code ${code ?? '?'}`}`);
  }
}

/** What a command of ours prints; the lint's exit code says only that there are findings. */
function outputOf(parameters: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(execPath, [CLI, ...parameters], { maxBuffer: 1 << 28 }, (error, printed, complaints) => {
      if (error !== null && error.code !== FINDINGS) {
        reject(new Error(`section-leaks ${parameters.join(' ')} failed: ${complaints}`));
      } else {
        resolve(printed);
      }
    });
  });
}

function heading(title: string): void {
  stdout.write(`\n${styleText('bold', title)}\n`);
}

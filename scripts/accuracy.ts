/**
 * `npm run accuracy -- --repos DIR [--fetch] [--languages C,C++] [--outside]`: lints the public repositories of
 * test/accuracy/labels.json and says how the findings answer the labels. DIR holds one folder for each repository and
 * commit (`owner+name@1234567`); `--fetch` gets those that are missing from GitHub.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Finding } from '../src/analyzers/finding.ts';
import type { Grammars } from '../src/analyzers/languages/grammars.ts';
import { createWorkspace } from '../src/analyzers/workspace.ts';
import { readSources } from '../src/cli/lint.ts';
import { loadInstalledGrammars } from '../src/lint/grammars.ts';
import { folderOf, isFault, type Label, readLabels } from '../test/accuracy/labels.ts';
import { type Answer, type Row, rowOf, scoreOf } from '../test/accuracy/score.ts';

const { values } = parseArgs({
  options: {
    repos: { type: 'string' },
    fetch: { type: 'boolean', default: false },
    languages: { type: 'string' },
    outside: { type: 'boolean', default: false },
  },
});

if (values.repos === undefined) {
  console.error('accuracy: --repos DIR is needed, the folder with the repositories (add --fetch to get them).');
  process.exitCode = 2;
} else {
  await run(resolve(values.repos), await wantedLabels(values.languages));
}

async function wantedLabels(languages: string | undefined): Promise<readonly Label[]> {
  const wanted = languages?.split(',');
  return (await readLabels()).filter(({ language }) => wanted?.includes(language) ?? true);
}

async function run(repositories: string, labels: readonly Label[]): Promise<void> {
  const grammars = await loadInstalledGrammars();
  const answers: Answer[] = [];
  for (const [name, ofRepository] of Map.groupBy(labels, folderOf)) {
    const folder = join(repositories, name);
    const [label] = ofRepository;
    if (label === undefined) continue;
    if (!existsSync(folder) && !(values.fetch && (await fetched(label, folder)))) {
      console.error(`accuracy: ${name} is not there: its ${ofRepository.length} sites are left out.`);
      continue;
    }
    const score = scoreOf(ofRepository, await findingsIn(folder, grammars), folder);
    answers.push(...score.answers);
    if (values.outside) for (const finding of score.outside) console.log(`outside ${where(name, folder, finding)}`);
  }
  report(answers);
}

async function fetched({ repository, commit }: Label, folder: string): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  const git = (...parameters: string[]): boolean =>
    spawnSync('git', ['-C', folder, ...parameters], { stdio: 'inherit' }).status === 0;
  return (
    git('init', '--quiet') &&
    git('fetch', '--quiet', '--depth', '1', `https://github.com/${repository}`, commit) &&
    git('checkout', '--quiet', 'FETCH_HEAD')
  );
}

async function findingsIn(folder: string, grammars: Grammars): Promise<readonly Finding[]> {
  const { texts } = await readSources([folder], { exclude: [], folder });
  const workspace = createWorkspace(grammars);
  for (const [file, text] of texts) workspace.setText(file, text);
  return [...texts.keys()].toSorted().flatMap((file) => workspace.analyze(file).findings);
}

function where(name: string, folder: string, { file, range, rule }: Finding): string {
  return `${name} ${relative(folder, file)}:${range.start.line + 1} ${rule}`;
}

function report(answers: readonly Answer[]): void {
  for (const { label, findings } of answers) {
    if (isFault(label) === findings.length > 0) continue;
    const what = isFault(label) ? 'missed ' : 'flagged';
    console.log(`${what} ${label.id} ${label.repository} ${label.path}:${label.line} ${label.verdict}`);
  }
  const groups = (key: 'language' | 'scope' | 'verdict'): readonly Row[] =>
    [...Map.groupBy(answers, ({ label }) => label[key])]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, group]) => rowOf(name, group));
  console.log('\n| | faults | found | rule fits | correct sites | flagged |\n| --- | --- | --- | --- | --- | --- |');
  for (const row of [rowOf('all', answers), ...groups('language'), ...groups('scope'), ...groups('verdict')]) {
    const { name, faults, found, fitting, correct, flagged } = row;
    console.log(`| ${name} | ${faults} | ${found} | ${fitting} | ${correct} | ${flagged} |`);
  }
}

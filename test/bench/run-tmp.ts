import { createWorkspace } from '../../src/analyzers/workspace.ts';
import { loadInstalledGrammars } from '../../src/lint/grammars.ts';
import { benchSources } from './sources.ts';
const g = await loadInstalledGrammars();
for (const s of benchSources().filter(s => !s.file.endsWith('.ts'))) {
  const w = createWorkspace(g); w.setText(s.file, s.text);
  const t: number[] = [];
  for (let i = 1; i < 60; i++) { const a = performance.now(); w.setText(s.file, s.typed(i)); w.analyze(s.file); t.push(performance.now() - a); }
  console.log('alone', s.title, t.slice(20).sort((a, b) => a - b)[20]!.toFixed(2));
}

/** For scripts: one object, described in docs/command-line.md. */
import { groupsOf, type RecordedGroup } from '../postmortem/groups.ts';
import { isCounted } from '../postmortem/totals.ts';
import type { DumpReport } from './dump-report.ts';
import { siteOfStack } from './dump-sites.ts';

export function dumpJson({ files, refusals, comparison, sites }: DumpReport): string {
  const groupObject = ({ members, ...group }: RecordedGroup) => ({
    ...group,
    site: group.sites.length === 1 ? siteOfStack(group.stack, sites) : null,
    handles: members.map(({ handle }) => handle),
  });
  const report = {
    schema: 1,
    files: files.map(({ path, recording, totals }) => ({
      path,
      ...recording,
      totals,
      groups: groupsOf(recording.sections.filter(isCounted)).map(groupObject),
    })),
    comparison: comparison === null ? null : { ...comparison, groups: comparison.groups.map(groupObject) },
    refused: refusals,
  };
  return `${JSON.stringify(report)}\n`;
}

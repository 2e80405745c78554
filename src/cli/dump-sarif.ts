/**
 * SARIF 2.1.0 of dumps and logs: one result for each group of sections. It lies at the line of the source that made them
 * where the file tells it, with the stack; else in the file that was read.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as sarif from 'sarif';
import type { SiteWithFinding } from '../lint/protocol.ts';
import { TOOL } from '../lint/tool.ts';
import { groupsOf, type RecordedGroup } from '../postmortem/groups.ts';
import type { Frame } from '../postmortem/recording.ts';
import { isCounted } from '../postmortem/totals.ts';
import { type DumpReport, lintInWords, type ReadFile, sumInWords } from './dump-report.ts';
import { siteOfStack } from './dump-sites.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const RULE = 'sections-held';

export function dumpSarif(report: DumpReport): string {
  const { files, refusals } = report;
  const run: sarif.Run = {
    tool: {
      driver: {
        name: TOOL.name,
        fullName: TOOL.displayName,
        semanticVersion: TOOL.version,
        informationUri: TOOL.informationUri,
        rules: [
          {
            id: RULE,
            name: 'Sections held',
            shortDescription: { text: 'Sections that a process held when it was recorded.' },
            fullDescription: {
              text: 'Memory of a section that no view covers belongs to no process: it counts as committed until the last handle is closed.',
            },
            defaultConfiguration: { level: 'note' },
          },
        ],
      },
    },
    invocations: [
      {
        executionSuccessful: refusals.length === 0,
        toolExecutionNotifications: [
          ...refusals.map((text): sarif.Notification => ({ level: 'error', message: { text } })),
          ...files.flatMap(troubleNotifications),
        ],
      },
    ],
    results: files.flatMap((file) => resultsOf(file, report)),
  };
  const log: sarif.Log = { $schema: SCHEMA, version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function troubleNotifications({ path, recording }: ReadFile): readonly sarif.Notification[] {
  return [
    ...recording.troubles.map((text): sarif.Notification => ({ level: 'warning', message: { text } })),
    ...recording.remedies.map((text): sarif.Notification => ({ level: 'note', message: { text } })),
  ].map((notification) => ({ ...notification, locations: [fileLocation(path)] }));
}

function resultsOf(file: ReadFile, report: DumpReport): readonly sarif.Result[] {
  return groupsOf(file.recording.sections.filter(isCounted)).map((group) => resultOf(file, group, report));
}

function resultOf(
  { path, totals }: ReadFile,
  group: RecordedGroup,
  { failOn, sites, folder }: DumpReport,
): sarif.Result {
  const [frame] = group.sites;
  const known = group.sites.length === 1;
  const site = known ? siteOfStack(group.stack, sites) : null;
  const lint = lintInWords(site);
  return {
    ruleId: RULE,
    ruleIndex: 0,
    level: failOn !== null && totals.bytes > failOn ? 'error' : 'note',
    message: { text: `${sumInWords(group)}: ${group.label}${lint === '' ? '' : `; ${lint}`}.` },
    locations: [
      site !== null
        ? siteLocation(site, folder)
        : known && frame?.source != null
          ? frameLocation(frame, path)
          : fileLocation(path),
    ],
    relatedLocations: [{ id: 1, ...fileLocation(path), message: { text: `recorded in ${path}` } }],
    ...(known && group.stack.length > 0
      ? { stacks: [{ frames: group.stack.map((called) => ({ location: frameLocation(called, path) })) }] }
      : {}),
  };
}

/** In the sources that are at hand, not where the program was built. */
function siteLocation(site: SiteWithFinding, folder: string): sarif.Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: pathToFileURL(resolve(folder, site.file)).href },
      region: { startLine: site.range.start.line + 1, startColumn: site.range.start.character + 1 },
    },
    logicalLocations: [{ fullyQualifiedName: site.function, kind: 'function' }],
  };
}

function frameLocation({ text, source }: Frame, recorded: string): sarif.Location {
  return {
    ...(source === null
      ? fileLocation(recorded)
      : {
          physicalLocation: {
            artifactLocation: { uri: sourceUri(source.file) },
            region: { startLine: Math.max(1, source.line) },
          },
        }),
    logicalLocations: [{ fullyQualifiedName: text }],
    message: { text },
  };
}

function fileLocation(path: string): sarif.Location {
  return { physicalLocation: { artifactLocation: { uri: pathToFileURL(resolve(path)).href } } };
}

/** Paths are those of the machine on which the program was built, most often a Windows one. */
function sourceUri(file: string): string {
  const path = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  const drive = /^[A-Za-z]%3A\//u.exec(path) === null ? path : `/${path.replace('%3A', ':')}`;
  return drive.startsWith('/') ? `file://${drive}` : drive;
}

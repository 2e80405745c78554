/** The table of report formats. */
import { githubFormat } from './github.ts';
import { jsonFormat } from './json.ts';
import type { ReportFormat } from './report.ts';
import { sarifFormat } from './sarif.ts';
import { textFormat } from './text.ts';

export const REPORT_FORMATS = {
  text: textFormat,
  json: jsonFormat,
  sarif: sarifFormat,
  github: githubFormat,
} as const satisfies Record<string, ReportFormat>;
export type ReportFormatName = keyof typeof REPORT_FORMATS;

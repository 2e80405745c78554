/** Tables of handles as Process Explorer and System Informer save, copy and export them: tabs or commas. */
import type { Reader } from '../reader.ts';
import { handleText, NOTHING_TOLD, type RecordedSection, Troubles } from '../recording.ts';
import { kept, readLines } from '../text.ts';
import { DelimitedRows, hasColumns } from './delimited.ts';
import { lengthInWords } from './lengths.ts';

const REQUIRED = ['type', 'handle'];
const LENGTH_COLUMNS = ['size', 'section size', 'maximum size', 'bytes'];

export const handleTable: Reader = {
  format: 'table of handles',
  recognises: ({ text }) => hasColumns(text, REQUIRED),
  read(source) {
    const sections: RecordedSection[] = [];
    const troubles = new Troubles();
    const rows = new DelimitedRows(REQUIRED, (row, line) => {
      if (row('type').trim().toLowerCase() !== 'section') {
        return;
      }
      const digits = /^(?:0x)?([0-9a-f]{1,16})$/iu.exec(row('handle').trim())?.[1];
      if (digits === undefined) {
        troubles.add('handle', `Line ${line} names a section without a handle.`);
      }
      const name = row('name').trim() || row('object name').trim();
      const bytes =
        LENGTH_COLUMNS.map((column) => lengthInWords(row(column))).find((length) => length !== null) ?? null;
      const process = row('process').trim() || row('process name').trim();
      sections.push({
        handle: digits === undefined ? null : handleText(digits),
        process: process === '' ? null : kept(process),
        // Neither program writes what backs a section; a path with a drive is that of a file.
        kind: /^(?:[a-z]:\\|\\device\\)/iu.test(name) ? 'file' : 'unknown',
        name: name === '' ? null : kept(name),
        bytes,
        mappedBytes: null,
        created: [],
        place: `line ${line}`,
      });
    });
    readLines(source, rows.line);
    if (rows.broken > 0) {
      troubles.add(
        'quote',
        `${rows.broken.toLocaleString('en-US')} rows have a quote that does not end; they are left out.`,
      );
    }
    return {
      ...NOTHING_TOLD,
      format: handleTable.format,
      sections,
      troubles: troubles.sentences(),
      remedies: sections.some(({ bytes }) => bytes === null)
        ? ["The table does not tell how long the sections are: `handle.exe -l` or WinDbg's `!handle 0 f Section` does."]
        : [],
    };
  },
};

/** `lsof` of a Linux server: descriptors and views of memory objects. Rows of one device and inode are of one object. */
import type { Reader } from '../reader.ts';
import { NOTHING_TOLD, type RecordedSection } from '../recording.ts';
import { kept, readLines } from '../text.ts';
import { linuxObject } from './linux-objects.ts';

const HEADER = /^COMMAND\s+PID\s.*\bFD\b.*\bTYPE\b.*\bNAME\s*$/mu;
/** Command, pid, (task) user, descriptor, type, device, length, inode, name. Of a view whose file is gone there is no length. */
const ROW =
  /^(\S+)\s+(\d+)\s+(?:\d+\s+\S+\s+)?\S+\s+(\d+|mem|DEL)[a-zA-Z-]*\s+(?:REG|DEL)\s+(\d+,\d+|0x[0-9a-f]+)\s+(?:(\d+|0t\d+|0x[0-9a-f]+)\s+)?(\d+)\s+(\/.*)$/u;

export const lsof: Reader = {
  format: 'lsof listing',
  recognises: ({ text }) => HEADER.test(text),
  read(source) {
    const objects = new Map<string, RecordedSection>();
    const pids = new Set<string>();
    readLines(source, (line, number) => {
      const [, command, pid = '', descriptor, device = '', length, inode = '', path = ''] = ROW.exec(line) ?? [];
      const object = linuxObject(path);
      if (command === undefined || object === null) {
        return;
      }
      pids.add(pid);
      const key = `${device}:${inode}`;
      const known = objects.get(key);
      const isView = descriptor === 'mem' || descriptor === 'DEL';
      // The offset of a descriptor (0t..) stands where its length would.
      const bytes = length === undefined || length.startsWith('0t') ? null : Number(length);
      objects.set(key, {
        handle: known?.handle ?? (isView ? null : (descriptor ?? null)),
        process: known?.process ?? kept(`${command} (${pid})`),
        kind: object.kind,
        name: object.name === null ? null : kept(object.name),
        bytes: known?.bytes ?? bytes,
        // How much of the object a view covers is not told.
        mappedBytes: isView ? null : known === undefined ? 0 : known.mappedBytes,
        created: [],
        place: known?.place ?? `line ${number}`,
      });
    });
    const [pid] = pids;
    return {
      ...NOTHING_TOLD,
      format: lsof.format,
      pid: pids.size === 1 ? Number(pid) : null,
      sections: [...objects.values()],
      remedies: [
        'A listing tells the length of an object, not how much of it exists: `section-leaks watch --pid N` on the server does.',
      ],
    };
  },
};

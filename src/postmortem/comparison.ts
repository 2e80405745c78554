/** Two recordings of one process: which sections came, which went, and where the new ones were made. Pure. */
import { groupsOf, type RecordedGroup } from './groups.ts';
import type { RecordedSection, Recording } from './recording.ts';
import { isCounted, sumOf, type Sum } from './totals.ts';

export interface Comparison {
  readonly came: Sum;
  readonly went: Sum;
  readonly stayed: Sum;
  /** The sections that came, by what made them. */
  readonly groups: readonly RecordedGroup[];
  /** Why the two may not be of one process; null where nothing speaks against it. */
  readonly doubt: string | null;
}

export function compare(
  before: Pick<Recording, 'sections' | 'pid'>,
  after: Pick<Recording, 'sections' | 'pid'>,
): Comparison {
  const known = new Set(before.sections.filter(isCounted).map(identity));
  const now = new Set(after.sections.filter(isCounted).map(identity));
  const came = after.sections.filter((section) => isCounted(section) && !known.has(identity(section)));
  const went = before.sections.filter((section) => isCounted(section) && !now.has(identity(section)));
  const stayed = after.sections.filter((section) => isCounted(section) && known.has(identity(section)));
  return {
    came: sumOf(came),
    went: sumOf(went),
    stayed: sumOf(stayed),
    groups: groupsOf(came),
    doubt:
      before.pid !== null && after.pid !== null && before.pid !== after.pid
        ? `They are of two processes, ${before.pid} and ${after.pid}: handles that are alike are not the same section.`
        : null,
  };
}

/** A number that was closed and used again for a section as long, without a name, looks as if it had stayed. */
function identity({ process, handle, name, bytes }: RecordedSection): string {
  return [process ?? '', handle ?? '', name ?? '', bytes ?? ''].join('\n');
}

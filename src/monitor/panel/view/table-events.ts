/** What the table tells the rest of the page. */
import type { PanelLayout } from '../layout.ts';

/** The user has sorted, or opened or closed a group. */
export class Arranged extends Event {
  readonly change: Partial<PanelLayout>;

  constructor(change: Partial<PanelLayout>) {
    super('arranged', { bubbles: true });
    this.change = change;
  }
}

/** Another line is the current one: the id of its section, null where it is a group's. */
export class SectionSelected extends Event {
  readonly section: string | null;

  constructor(section: string | null) {
    super('section-selected', { bubbles: true });
    this.section = section;
  }
}

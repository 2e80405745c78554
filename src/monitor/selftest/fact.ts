/**
 * A fact that the monitor stands on, and whether it holds on this machine; and the bytes that the system answered, for
 * tests that replay them where no such system is at hand.
 */

export type Outcome =
  /** As the monitor expects it. */
  | 'holds'
  /** The system does not have it, or refuses it: the monitor does without and says so. */
  | 'missing'
  /** The system has it, and it is otherwise than the monitor expects: its figures may be wrong. */
  | 'differs';

export interface Fact {
  /** The same on every machine and in every version, for example `handles.system`. */
  readonly id: string;
  /** The fact, as a sentence. */
  readonly what: string;
  readonly outcome: Outcome;
  /** What was seen. */
  readonly detail: string;
}

/** What a probe found, each with what was seen. */
export type Finding = { readonly holds: string } | { readonly missing: string } | { readonly differs: string };

/** What the system wrote into a buffer of ours. */
export interface RawAnswer {
  /** The call, for example `NtQuerySystemInformation(64)`. */
  readonly call: string;
  /** What was asked for and what is to be known to read it: numbers and texts by name. */
  readonly about: Readonly<Record<string, number | string>>;
  readonly base64: string;
}

export class FactSheet {
  readonly facts: Fact[] = [];
  readonly answers: RawAnswer[] = [];

  /** A probe that throws has met what nobody expected. */
  check(id: string, what: string, probe: () => Finding): void {
    this.facts.push({ id, what, ...outcomeOf(probe) });
  }

  record(call: string, about: RawAnswer['about'], bytes: Uint8Array): void {
    this.answers.push({ call, about, base64: Buffer.from(bytes).toString('base64') });
  }
}

/** Holds where what was seen is what is expected. */
export function expecting(expected: string, seen: string): Finding {
  return seen === expected ? { holds: seen } : { differs: `${seen}, expected ${expected}` };
}

function outcomeOf(probe: () => Finding): Pick<Fact, 'outcome' | 'detail'> {
  try {
    const finding = probe();
    if ('holds' in finding) {
      return { outcome: 'holds', detail: finding.holds };
    }
    return 'missing' in finding
      ? { outcome: 'missing', detail: finding.missing }
      : { outcome: 'differs', detail: finding.differs };
  } catch (error) {
    return { outcome: 'differs', detail: error instanceof Error ? error.message : String(error) };
  }
}

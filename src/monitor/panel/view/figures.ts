/**
 * How figures stand on the page: rounded, with the exact number as tooltip; a range where they can only be bounded; a
 * dash that says why where they are not known. What a tooltip says of a dash is there for screen readers too.
 */
import { html, type TemplateResult } from 'lit';
import { formatBounds, formatBoundsExactly, formatBytes, formatBytesExactly } from '../../../sites/format-bytes.ts';
import type { Bounds, Figure } from '../../section.ts';

export function bytesFigure(bytes: number): TemplateResult {
  return html`<span class="figure" title=${formatBytesExactly(bytes)}>${formatBytes(bytes)}</span>`;
}

/** @param how why the bounds are what they are */
export function boundsFigure(bounds: Bounds, how: string): TemplateResult {
  const explanation = `${formatBoundsExactly(bounds)}. ${sentence(how)}`.trim();
  return html`<span class="figure" title=${explanation}>${formatBounds(bounds)}</span>`;
}

export function unknownFigure(reason: string): TemplateResult {
  return html`<span class="unknown" title=${reason}
    ><span aria-hidden="true">–</span><span class="spoken">not known: ${reason}</span></span
  >`;
}

export function bytesOrUnknown(bytes: number | null, reason: string): TemplateResult {
  return bytes === null ? unknownFigure(reason) : bytesFigure(bytes);
}

/** A figure of the system by its name in the sample. */
export function memoryFigure(figure: Figure | undefined, name: string): TemplateResult {
  if (figure === undefined) {
    return unknownFigure(`the monitor does not read ${name} on this system`);
  }
  return 'bytes' in figure ? bytesFigure(figure.bytes) : unknownFigure(figure.reason);
}

/** `24`, `20 – 24`. */
export function formatCount({ min, max }: Bounds): string {
  const [low, high] = [min.toLocaleString('en-US'), max.toLocaleString('en-US')];
  return low === high ? high : `${low} – ${high}`;
}

export function clockTime(time: string | number): string {
  return new Date(time).toLocaleTimeString('en-GB');
}

/** Reasons and verdicts come without a capital and a full stop, as a terminal's line wants them. */
export function sentence(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1) + (words === '' || words.endsWith('.') ? '' : '.');
}

/** Durations in words, the same in the panel and the terminal. Pure. */

/** `10 s`, `4 min`, `3 h`. */
export function durationInWords(seconds: number): string {
  if (seconds < 10) {
    return `${seconds} s`;
  }
  if (seconds < 120) {
    return `${Math.round(seconds)} s`;
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

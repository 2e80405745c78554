/** The chart in uPlot's terms: three lines in the theme's colours, told apart by their strokes as well. */
import type uPlot from 'uplot';
import { formatBytes } from '../../../sites/format-bytes.ts';
import type { SeriesId } from '../layout.ts';
import type { TimePoint } from '../timeline.ts';

/** Columns in the order of the series below. */
export function plottedData(timeline: readonly TimePoint[]): uPlot.AlignedData {
  return [
    timeline.map(({ time }) => time / 1000),
    timeline.map(({ unownedMax }) => unownedMax),
    timeline.map(({ unownedMin }) => unownedMin),
    timeline.map(({ allocated }) => allocated),
    timeline.map(({ system }) => system),
  ];
}

export function chartOptions(
  element: Element,
  extent: { readonly width: number; readonly height: number },
  hidden: readonly SeriesId[],
  pointAt: (index: number | null) => void,
): uPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(name).trim() || style.color;
  const unowned = colour('--unowned-colour');
  const lines = colour('--chart-grid-colour');
  const font = `${style.fontSize} ${style.fontFamily}`;
  const axis: uPlot.Axis = {
    stroke: colour('--chart-text-colour'),
    font,
    grid: { stroke: lines, width: 1 },
    ticks: { stroke: lines, width: 1, size: 4 },
  };
  const line = (series: SeriesId, stroke: string, rest: Partial<uPlot.Series>): uPlot.Series => ({
    show: !hidden.includes(series),
    stroke,
    width: 1.5,
    points: { show: false },
    ...rest,
  });
  return {
    ...extent,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
    scales: { x: { time: true }, y: { range: (_, __, max) => [0, Math.max(max * 1.05, 1024)] } },
    axes: [
      { ...axis, space: 70, size: 26, values: (_, ticks) => clockTicks(ticks) },
      { ...axis, space: 18, size: 66, incrs: BINARY_STEPS, values: (_, ticks) => ticks.map((tick) => tickBytes(tick)) },
    ],
    series: [
      {},
      line('unowned', unowned, { width: 2.5 }),
      line('unowned', unowned, { width: 1, fill: `color-mix(in srgb, ${unowned} 20%, transparent)` }),
      line('allocated', colour('--allocated-colour'), {}),
      line('system', colour('--system-colour'), { dash: [6, 4] }),
    ],
    // What is only bounded lies somewhere between both.
    bands: [{ series: [1, 2], fill: `color-mix(in srgb, ${unowned} 30%, transparent)` }],
    hooks: {
      setCursor: [
        ({ cursor }) => {
          pointAt(cursor.idx ?? null);
        },
      ],
    },
  };
}

/** Steps that give round numbers of binary units: 1, 2, 4 ... 512 bytes, KiB, MiB and so on. */
const BINARY_STEPS = Array.from({ length: 53 }, (_, power) => 2 ** power);

function tickBytes(bytes: number): string {
  return bytes === 0 ? '0' : formatBytes(bytes).replace('.0 ', ' ');
}

/** Seconds only where they differ. */
function clockTicks(seconds: readonly number[]): string[] {
  const whole = seconds.every((second) => second % 60 === 0);
  return seconds.map((second) =>
    new Date(second * 1000).toLocaleTimeString('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      ...(whole ? {} : { second: '2-digit' }),
    }),
  );
}

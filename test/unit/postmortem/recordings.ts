/** Reads bytes, text and samples the way the command does. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRecording } from '../../../src/postmortem/readers.ts';
import type { Recording } from '../../../src/postmortem/recording.ts';
import { memorySource } from '../../../src/postmortem/source.ts';

const SAMPLES = join(import.meta.dirname, '..', '..', 'samples', 'postmortem');

export function recordingOf(content: Uint8Array | string): Recording {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const recording = readRecording(memorySource(bytes), 'sample');
  assert.ok(!('refusal' in recording), 'refusal' in recording ? recording.refusal : '');
  return recording;
}

export function refusalOf(content: Uint8Array | string): string {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const recording = readRecording(memorySource(bytes), 'sample');
  assert.ok('refusal' in recording);
  return recording.refusal;
}

export function sampleBytes(name: string): Buffer {
  return readFileSync(join(SAMPLES, name));
}

export function sampleText(name: string): string {
  return sampleBytes(name).toString('utf8');
}

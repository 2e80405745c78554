/** Sections of every kind that the monitor tells apart, each of another length, so that they are known by it. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  FILE_MAP_READ,
  FILE_MAP_WRITE,
  INVALID_HANDLE_VALUE,
  loadSelftestApi,
  PAGE_READONLY,
  PAGE_READWRITE,
  SEC_COMMIT,
  SEC_IMAGE,
  SEC_LARGE_PAGES,
  SEC_RESERVE,
  type SelftestApi,
} from '../../../../native/selftest.ts';
import type { Held, HeldSection } from '../held.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
/** As a name; the process id follows. */
export const NAME = 'section-leaks selftest';

export async function holdWindowsSections(): Promise<Held> {
  const api = await loadSelftestApi();
  if ('reason' in api) {
    return api;
  }
  const makers = [pageFile, mapped, readOnly, named, reserve, committed, ofFile, ofImage, largePages, snapshot];
  return { sections: makers.flatMap((make) => make(api)) };
}

function pageFile(api: SelftestApi): readonly HeldSection[] {
  const bytes = MIB + 64 * KIB;
  return held('page-file', bytes, api.createSection(INVALID_HANDLE_VALUE, PAGE_READWRITE, bytes, null), 0, bytes);
}

function mapped(api: SelftestApi): readonly HeldSection[] {
  const bytes = MIB + 128 * KIB;
  const handle = api.createSection(INVALID_HANDLE_VALUE, PAGE_READWRITE, bytes, null);
  api.map(handle, FILE_MAP_WRITE, bytes);
  return held('page-file', bytes, handle, bytes, 0);
}

/** Its handle may not be asked anything: what asks has to make itself another one. */
function readOnly(api: SelftestApi): readonly HeldSection[] {
  const bytes = MIB + 192 * KIB;
  const handle = api.createSection(INVALID_HANDLE_VALUE, PAGE_READWRITE, bytes, null);
  return held('read-only', bytes, api.narrowed(handle, FILE_MAP_READ), 0, bytes);
}

function named(api: SelftestApi): readonly HeldSection[] {
  const bytes = MIB + 256 * KIB;
  const handle = api.createSection(INVALID_HANDLE_VALUE, PAGE_READWRITE, bytes, `${NAME} ${process.pid}`);
  return held('named', bytes, handle, 0, bytes);
}

/** Nothing of it is committed, so nothing is unowned. */
function reserve(api: SelftestApi): readonly HeldSection[] {
  const bytes = 3 * MIB;
  const handle = api.createSection(INVALID_HANDLE_VALUE, PAGE_READWRITE + SEC_RESERVE, bytes, null);
  return held('reserve', bytes, handle, 0, 0);
}

function committed(api: SelftestApi): readonly HeldSection[] {
  const bytes = 5 * MIB;
  const handle = api.createSection(INVALID_HANDLE_VALUE, PAGE_READWRITE + SEC_RESERVE, bytes, null);
  api.commit(api.map(handle, FILE_MAP_WRITE, bytes), 64 * KIB);
  return held('reserve', bytes, handle, bytes, 0);
}

function ofFile(api: SelftestApi): readonly HeldSection[] {
  const bytes = 70_000;
  const file = api.createTemporaryFile(join(tmpdir(), `section-leaks-selftest-${process.pid}.tmp`));
  const handle = api.createSection(file, PAGE_READWRITE, bytes, null);
  api.map(handle, FILE_MAP_WRITE, bytes);
  return held('file', bytes, handle, bytes, 0);
}

function ofImage(api: SelftestApi): readonly HeldSection[] {
  const file = api.openFile(process.execPath);
  const handle = api.createSection(file, PAGE_READONLY + SEC_IMAGE, 0, null);
  api.close(file);
  return held('image', 0, handle, 0, 0);
}

/** Needs the privilege to lock pages: without it there is none. */
function largePages(api: SelftestApi): readonly HeldSection[] {
  const bytes = 6 * MIB;
  const protection = PAGE_READWRITE + SEC_COMMIT + SEC_LARGE_PAGES;
  return held('large-pages', bytes, api.createSection(INVALID_HANDLE_VALUE, protection, bytes, null), 0, 0);
}

function snapshot(api: SelftestApi): readonly HeldSection[] {
  return held('snapshot', 0, api.processSnapshot(), 0, 0);
}

function held(
  kind: string,
  bytes: number,
  handle: number,
  mappedBytes: number,
  unownedBytes: number,
): readonly HeldSection[] {
  return handle === 0 || handle === INVALID_HANDLE_VALUE ? [] : [{ kind, bytes, handle, mappedBytes, unownedBytes }];
}

import koffi from 'koffi';

const kernel32 = koffi.load('kernel32.dll');
const CreateFileMappingW = kernel32.func(
  'intptr_t CreateFileMappingW(intptr_t file, void *security, uint32_t protect, uint32_t high, uint32_t low, const char16_t *name)',
);
const MapViewOfFile = kernel32.func(
  'intptr_t MapViewOfFile(intptr_t map, uint32_t access, uint32_t high, uint32_t low, size_t bytes)',
);
const UnmapViewOfFile = kernel32.func('bool UnmapViewOfFile(intptr_t view)');
const CloseHandle = kernel32.func('bool CloseHandle(intptr_t handle)');

const kept: number[] = [];
const emptied: number[] = [];

export function neverClosed(bytes: number): boolean {
  const map = CreateFileMappingW(-1, null, 4, 0, bytes, null); //! section-never-closed
  return map !== 0;
}

export function closed(bytes: number): boolean {
  const map = CreateFileMappingW(-1, null, 4, 0, bytes, null);
  if (map === 0) return false;
  try {
    if (bytes < 5) throw new Error('bytes');
    return true;
  } finally {
    CloseHandle(map);
  }
}

export function failedView(bytes: number): boolean {
  const map = CreateFileMappingW(-1, null, 4, 0, bytes, null); //! section-leaks-on-path
  if (!map) return false;
  const view = MapViewOfFile(map, 6, 0, 0, 0);
  if (!view) return false;
  UnmapViewOfFile(view);
  CloseHandle(map);
  return true;
}

export function outlivesItsView(bytes: number): void {
  const map = CreateFileMappingW(-1, null, 4, 0, bytes, null); //! section-outlives-view
  if (!map) return;
  kept.push(map);
  const view = MapViewOfFile(map, 6, 0, 0, 0);
  if (view) UnmapViewOfFile(view);
}

export function keptForALoop(bytes: number): void {
  const map = CreateFileMappingW(-1, null, 4, 0, bytes, null);
  if (map) emptied.push(map);
}

export function emptyTheList(): void {
  for (const map of emptied) CloseHandle(map);
}

export class Block {
  readonly #map: number;

  constructor(bytes: number) {
    this.#map = CreateFileMappingW(-1, null, 4, 0, bytes, null);
  }

  [Symbol.dispose](): void {
    CloseHandle(this.#map);
  }
}

export class ForgottenBlock {
  readonly section: number;

  constructor(bytes: number) {
    this.section = CreateFileMappingW(-1, null, 4, 0, bytes, null); //! section-never-closed
  }
}

export function captured(bytes: number): () => void {
  const map = CreateFileMappingW(-1, null, 4, 0, bytes, null);
  return () => CloseHandle(map);
}

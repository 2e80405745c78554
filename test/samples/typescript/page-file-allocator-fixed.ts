// The correct twin of page-file-allocator.ts: the same sections, each closed when the work with them is done.
// Every view is unmapped, so --keep-pointer changes nothing here.
// For Linux: it calls libc through koffi. Run it with Node 24: node page-file-allocator-fixed.ts --count 24
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import koffi from 'koffi';

const libc = koffi.load('libc.so.6');
const memfd_create = libc.func('int memfd_create(const char *name, unsigned int flags)');
const ftruncate = libc.func('int ftruncate(int fd, int64_t length)');
const mmap = libc.func(
  'intptr_t mmap(void *address, size_t length, int protection, int flags, int fd, int64_t offset)',
);
const getrandom = libc.func('intptr_t getrandom(intptr_t buffer, size_t length, unsigned int flags)');
const munmap = libc.func('int munmap(intptr_t address, size_t length)');
const close = libc.func('int close(int fd)');

const MFD_CLOEXEC = 1;
const PROT_READ_WRITE = 1 | 2;
const MAP_SHARED = 1;

interface Options {
  count: number;
  bytes: number;
  pauseMs: number;
  holdSeconds: number;
  /** Closes each section after its view rather than all at the end. */
  close: boolean;
}

const allocated: number[] = [];

/** One more section, filled with random data so that compression cannot make it small. */
function allocate(options: Options): void {
  const section = memfd_create('page-file-allocator-fixed', MFD_CLOEXEC);
  if (section === -1) {
    throw failure('memfd_create');
  }
  if (ftruncate(section, options.bytes) === -1) {
    close(section);
    throw failure('ftruncate');
  }
  const view = mmap(null, options.bytes, PROT_READ_WRITE, MAP_SHARED, section, 0);
  if (view === -1) {
    close(section);
    throw failure('mmap');
  }
  fillRandom(view, options.bytes);
  munmap(view, options.bytes);
  if (options.close) {
    close(section);
  } else {
    allocated.push(section);
  }
}

function releaseAll(): void {
  for (const section of allocated) {
    close(section);
  }
  allocated.length = 0;
}

function fillRandom(address: number, bytes: number): void {
  const chunk = 1 << 20;
  for (let offset = 0; offset < bytes; offset += chunk) {
    getrandom(address + offset, Math.min(chunk, bytes - offset), 0);
  }
}

function failure(call: string): Error {
  return new Error(`${call} failed with error ${koffi.errno()}`);
}

function printHeld(options: Options): void {
  const shmemKibibytes = /^Shmem:\s*(\d+) kB$/mu.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? '0';
  console.log(
    `sections ${String(allocated.length).padStart(3)}   ` +
      `${grouped(allocated.length * options.bytes).padStart(13)} bytes   ` +
      `Shmem ${grouped(Number(shmemKibibytes) * 1024)} bytes   ` +
      `own working set ${grouped(process.memoryUsage.rss())} bytes`,
  );
}

function grouped(number: number): string {
  return number.toLocaleString('en-US');
}

/** A whole number, with or without a binary unit: 4096, 64KiB, 16MiB, 1GiB. */
function parseNumber(text: string): number {
  const [, digits, unit = ''] = /^(\d+)(|KiB|MiB|GiB)$/u.exec(text) ?? [];
  if (digits === undefined) {
    throw new Error(`"${text}" is not a number such as 4096 or 16MiB`);
  }
  return Number(digits) * 1024 ** ['', 'KiB', 'MiB', 'GiB'].indexOf(unit);
}

function parseOptions(): Options {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '24' },
      bytes: { type: 'string', default: '16MiB' },
      pause: { type: 'string', default: '500' },
      hold: { type: 'string', default: '30' },
      'keep-pointer': { type: 'boolean', default: false },
      close: { type: 'boolean', default: false },
    },
  });
  return {
    count: parseNumber(values.count),
    bytes: parseNumber(values.bytes),
    pauseMs: parseNumber(values.pause),
    holdSeconds: parseNumber(values.hold),
    close: values.close,
  };
}

async function main(): Promise<void> {
  const options = parseOptions();
  console.log(
    `page-file-allocator-fixed (pid ${process.pid}): ${options.count} sections of ${grouped(options.bytes)} bytes`,
  );
  try {
    for (let i = 0; i < options.count; i++) {
      allocate(options);
      printHeld(options);
      await sleep(options.pauseMs);
    }
  } finally {
    releaseAll();
  }
  if (options.holdSeconds > 0) {
    console.log(`holding 0 sections, 0 bytes, for ${options.holdSeconds} s`);
    await sleep(options.holdSeconds * 1000);
  }
}

try {
  await main();
} catch (error) {
  console.error(`page-file-allocator-fixed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}

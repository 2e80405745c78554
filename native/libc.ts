/**
 * The C library of the running process, for the few system calls that Node does not offer. Loaded on demand: where
 * koffi has no build for the machine the caller gets the reason and does without.
 */
import { constants } from 'node:os';

export interface Libc {
  /**
   * Moves the position of an open descriptor.
   * @returns the new position, or null where there is no data (SEEK_DATA) from `offset` on
   */
  seek(descriptor: number, offset: number, whence: Whence): number | null;
  /**
   * A socket of the netlink family that asks the kernel about sockets (sock_diag(7)).
   * @returns a descriptor for the caller to close, or null where the kernel refuses it
   */
  socketDiagnostics(): number | null;
  /** @returns a descriptor of a new section of no bytes (memfd_create) for the caller to close */
  makeSection(name: string): number;
  /** Maps the first bytes of a section for reading, until the process ends. */
  mapSection(descriptor: number, bytes: number): void;
}

/** `<unistd.h>`: the next byte that is allocated, the next that is not. */
export const SEEK_DATA = 3;
export const SEEK_HOLE = 4;
export type Whence = typeof SEEK_DATA | typeof SEEK_HOLE;

/** `<sys/socket.h>`, `<linux/netlink.h>`. */
const AF_NETLINK = 16;
const SOCK_RAW_CLOEXEC = 3 | 0o2000000;
const NETLINK_SOCK_DIAG = 4;
/** `<sys/mman.h>`. */
const MFD_CLOEXEC = 1;
const PROT_READ = 1;
const MAP_SHARED = 1;
const MAP_FAILED = -1;

export async function loadLibc(): Promise<Libc | { readonly reason: string }> {
  try {
    const { default: koffi } = await import('koffi');
    const library = koffi.load(null);
    const lseek = library.func('int64_t lseek(int descriptor, int64_t offset, int whence)') as (
      descriptor: number,
      offset: number,
      whence: number,
    ) => number | bigint;
    const socket = library.func('int socket(int family, int type, int protocol)') as (
      family: number,
      type: number,
      protocol: number,
    ) => number;
    const memfdCreate = library.func('int memfd_create(const char *name, unsigned int flags)') as (
      name: string,
      flags: number,
    ) => number;
    const mmap = library.func(
      'intptr_t mmap(void *address, size_t length, int protection, int flags, int descriptor, int64_t offset)',
    ) as (
      address: null,
      length: number,
      protection: number,
      flags: number,
      descriptor: number,
      offset: number,
    ) => number | bigint;
    return {
      seek(descriptor, offset, whence) {
        const position = Number(lseek(descriptor, offset, whence));
        if (position >= 0) {
          return position;
        }
        const error = koffi.errno();
        if (error === constants.errno.ENXIO) {
          return null;
        }
        throw new Error(`lseek failed with error ${error}`);
      },
      socketDiagnostics() {
        const descriptor = socket(AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_SOCK_DIAG);
        return descriptor < 0 ? null : descriptor;
      },
      makeSection(name) {
        const descriptor = memfdCreate(name, MFD_CLOEXEC);
        if (descriptor < 0) {
          throw new Error(`memfd_create failed with error ${koffi.errno()}`);
        }
        return descriptor;
      },
      mapSection(descriptor, bytes) {
        if (Number(mmap(null, bytes, PROT_READ, MAP_SHARED, descriptor, 0)) === MAP_FAILED) {
          throw new Error(`mmap failed with error ${koffi.errno()}`);
        }
      },
    };
  } catch (error) {
    return { reason: `koffi does not load: ${error instanceof Error ? error.message : String(error)}` };
  }
}

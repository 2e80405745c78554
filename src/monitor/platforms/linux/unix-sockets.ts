/**
 * Which sockets of the AF_UNIX family are connected with which: a descriptor of shared memory reaches a process that
 * is no child of a holder through such a pair only (SCM_RIGHTS, unix(7)). Asked by sock_diag(7), family unix; open to
 * everybody, for the monitor's own network name space.
 */
import { closeSync, readSync, writeSync } from 'node:fs';
import type { Libc } from '../../../../native/libc.ts';

/** By inode, the inode of the other end. */
export type UnixPeers = ReadonlyMap<number, number>;

/** `<linux/netlink.h>`, `<linux/sock_diag.h>`, `<linux/unix_diag.h>`. */
const SOCK_DIAG_BY_FAMILY = 20;
const NLM_F_REQUEST_DUMP = 0x301;
const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
const AF_UNIX = 1;
const ALL_STATES = 0xffff_ffff;
const UDIAG_SHOW_PEER = 4;
const UNIX_DIAG_PEER = 2;

const HEADER_BYTES = 16;
const REQUEST_BYTES = HEADER_BYTES + 24;
/** `struct unix_diag_msg`, which the attributes follow. */
const MESSAGE_BYTES = 16;
const ATTRIBUTE_HEADER_BYTES = 4;

export function readUnixPeers(libc: Libc): UnixPeers | null {
  const descriptor = libc.socketDiagnostics();
  if (descriptor === null) {
    return null;
  }
  try {
    writeSync(descriptor, request());
    const peers = new Map<number, number>();
    const buffer = Buffer.alloc(64 * 1024);
    for (;;) {
      const bytes = readSync(descriptor, buffer);
      const end = bytes === 0 ? 'failed' : readPeers(buffer.subarray(0, bytes), peers);
      if (end !== 'more') {
        return end === 'done' ? peers : null;
      }
    }
  } catch {
    // A kernel without CONFIG_UNIX_DIAG: the caller falls back to not knowing.
    return null;
  } finally {
    closeSync(descriptor);
  }
}

/** Reads the messages of one datagram. */
export function readPeers(datagram: Buffer, peers: Map<number, number>): 'more' | 'done' | 'failed' {
  let start = 0;
  while (start + HEADER_BYTES <= datagram.length) {
    const length = datagram.readUInt32LE(start);
    const type = datagram.readUInt16LE(start + 4);
    if (type === NLMSG_DONE) {
      return 'done';
    }
    if (type === NLMSG_ERROR || length < HEADER_BYTES) {
      return 'failed';
    }
    readMessage(datagram.subarray(start + HEADER_BYTES, start + length), peers);
    start += aligned(length);
  }
  return 'more';
}

function readMessage(message: Buffer, peers: Map<number, number>): void {
  if (message.length < MESSAGE_BYTES) {
    return;
  }
  const inode = message.readUInt32LE(4);
  let start = MESSAGE_BYTES;
  while (start + ATTRIBUTE_HEADER_BYTES <= message.length) {
    const length = message.readUInt16LE(start);
    if (length < ATTRIBUTE_HEADER_BYTES) {
      return;
    }
    if (message.readUInt16LE(start + 2) === UNIX_DIAG_PEER && start + ATTRIBUTE_HEADER_BYTES + 4 <= message.length) {
      peers.set(inode, message.readUInt32LE(start + ATTRIBUTE_HEADER_BYTES));
    }
    start += aligned(length);
  }
}

function request(): Buffer {
  const message = Buffer.alloc(REQUEST_BYTES);
  message.writeUInt32LE(REQUEST_BYTES, 0);
  message.writeUInt16LE(SOCK_DIAG_BY_FAMILY, 4);
  message.writeUInt16LE(NLM_F_REQUEST_DUMP, 6);
  message.writeUInt8(AF_UNIX, HEADER_BYTES);
  message.writeUInt32LE(ALL_STATES, HEADER_BYTES + 4);
  message.writeUInt32LE(UDIAG_SHOW_PEER, HEADER_BYTES + 12);
  return message;
}

/** Messages and attributes begin at multiples of four bytes. */
function aligned(length: number): number {
  return (length + 3) & ~3;
}

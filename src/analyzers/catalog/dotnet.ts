/** .NET: System.IO.MemoryMappedFiles. Source: the public API of .NET 10. */
import type { Acquire, CatalogEntry, CatalogTable } from './entry.ts';

const file = (nameArgument?: number): Acquire => ({
  effect: 'acquire',
  resource: 'section',
  into: 'result',
  failure: 'exception',
  maker: 'dotnet',
  typeName: 'MemoryMappedFile',
  releasedBy: '$.Dispose()',
  ...(nameArgument === undefined ? {} : { nameArgument }),
});

const view = (typeName: string): Acquire => ({
  effect: 'acquire',
  resource: 'view',
  into: 'result',
  failure: 'exception',
  parent: 'receiver',
  typeName,
  releasedBy: '$.Dispose()',
});

const BORROWING_METHODS = [
  // MemoryMappedFile
  'GetAccessControl',
  'SetAccessControl',
  // UnmanagedMemoryAccessor, Stream
  'Read',
  'ReadArray',
  'ReadByte',
  'ReadAsync',
  'ReadExactly',
  'ReadBoolean',
  'ReadChar',
  'ReadDecimal',
  'ReadDouble',
  'ReadInt16',
  'ReadInt32',
  'ReadInt64',
  'ReadSByte',
  'ReadSingle',
  'ReadUInt16',
  'ReadUInt32',
  'ReadUInt64',
  'Write',
  'WriteArray',
  'WriteAsync',
  'WriteByte',
  'Flush',
  'FlushAsync',
  'Seek',
  'SetLength',
  'CopyTo',
  'CopyToAsync',
  'ToString',
  'GetHashCode',
  'Equals',
  'GetType',
  'DangerousGetHandle',
  'DangerousAddRef',
  'DangerousRelease',
  'ReadSpan',
  'WriteSpan',
];

/** What a collection gives up it does not dispose. */
const COLLECTION_METHODS = [
  'Remove',
  'RemoveAt',
  'RemoveAll',
  'RemoveRange',
  'TryRemove',
  'Contains',
  'ContainsKey',
  'ContainsValue',
  'IndexOf',
  'Clear',
  'TrimExcess',
  'CopyTo',
];

const STATIC_BORROWERS = [
  'WriteLine',
  'Write',
  'ReferenceEquals',
  'KeepAlive',
  'SuppressFinalize',
  'ReRegisterForFinalize',
  'IsNullOrEmpty',
  'Assert',
  'ThrowIfNull',
  'ThrowIf',
];

/** Assertions of MSTest, NUnit and xUnit look at what they are given. */
const ASSERTIONS = [
  'That',
  'AreEqual',
  'AreNotEqual',
  'AreSame',
  'AreNotSame',
  'Equal',
  'NotEqual',
  'Same',
  'NotSame',
  'True',
  'False',
  'IsTrue',
  'IsFalse',
  'Null',
  'NotNull',
  'IsNull',
  'IsNotNull',
  'Zero',
  'NotZero',
  'IsInstanceOf',
  'IsInstanceOfType',
  'IsType',
  'Greater',
];

/** Copies between memory and objects: neither side is kept. */
const MARSHALLING = [
  'Copy',
  'PtrToStructure',
  'StructureToPtr',
  'DestroyStructure',
  'PtrToStringAnsi',
  'PtrToStringAuto',
  'PtrToStringUni',
  'PtrToStringUTF8',
  'ReadByte',
  'ReadInt16',
  'ReadInt32',
  'ReadInt64',
  'ReadIntPtr',
  'WriteByte',
  'WriteInt16',
  'WriteInt32',
  'WriteInt64',
  'WriteIntPtr',
  'MemoryCopy',
  'CopyBlock',
  'CopyBlockUnaligned',
  'InitBlock',
  'InitBlockUnaligned',
  // These give back memory of other kinds: on a view or a handle they do nothing good.
  'FreeHGlobal',
  'FreeCoTaskMem',
  'FreeBSTR',
];

/** Readers, writers and streams over a stream: to dispose one disposes the stream below. */
const STREAM_OWNERS = [
  'BinaryReader',
  'BinaryWriter',
  'StreamReader',
  'StreamWriter',
  'BufferedStream',
  'DeflateStream',
  'GZipStream',
  'BrotliStream',
  'ZLibStream',
  'CryptoStream',
];

const entries: CatalogEntry[] = [
  { names: ['CreateNew', 'CreateOrOpen'], qualifiers: ['MemoryMappedFile'], effect: file(0) },
  { names: ['OpenExisting'], qualifiers: ['MemoryMappedFile'], effect: file(0) },
  { names: ['CreateFromFile'], qualifiers: ['MemoryMappedFile'], effect: file(2) },
  { names: ['CreateViewAccessor'], method: true, effect: view('MemoryMappedViewAccessor') },
  { names: ['CreateViewStream'], method: true, effect: view('MemoryMappedViewStream') },
  {
    names: ['AcquirePointer'],
    method: true,
    effect: {
      effect: 'acquire',
      resource: 'pointer',
      into: 'receiver',
      failure: 'exception',
      parent: 'receiver',
      typeName: 'pointer',
      releasedBy: '$.ReleasePointer()',
    },
  },
  { names: ['ReleasePointer'], method: true, effect: { effect: 'release', resources: ['pointer'], of: 'receiver' } },
  {
    names: ['Dispose', 'DisposeAsync', 'Close'],
    method: true,
    effect: { effect: 'release', resources: ['section', 'view'], of: 'receiver' },
  },
  { names: [...BORROWING_METHODS, ...COLLECTION_METHODS], method: true, effect: { effect: 'borrow' } },
  {
    names: STATIC_BORROWERS,
    qualifiers: [
      'Console',
      'Debug',
      'Trace',
      'TestContext',
      'GC',
      'Object',
      'object',
      'ArgumentNullException',
      'ObjectDisposedException',
    ],
    effect: { effect: 'borrow' },
  },
  {
    names: ASSERTIONS,
    qualifiers: ['Assert', 'ClassicAssert', 'CollectionAssert', 'StringAssert'],
    effect: { effect: 'borrow' },
  },
  { names: MARSHALLING, qualifiers: ['Marshal', 'Buffer', 'Unsafe', 'NativeMemory'], effect: { effect: 'borrow' } },
  {
    names: ['Add', 'TryAdd', 'Push', 'Enqueue', 'Insert', 'AddLast', 'AddFirst', 'AddOrUpdate', 'AddRange'],
    method: true,
    effect: { effect: 'collect' },
  },
  { names: STREAM_OWNERS, effect: { effect: 'wrap' } },
  { names: ['Exit', 'FailFast'], qualifiers: ['Environment'], effect: { effect: 'end' } },
];

export const DOTNET: CatalogTable = {
  languages: ['csharp'],
  entries,
  words: ['MemoryMappedFile', 'AcquirePointer', 'MemoryMappedView'],
};

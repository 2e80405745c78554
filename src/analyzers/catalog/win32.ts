/**
 * Win32 and the native API: sections and their views. Sources: the Windows SDK's memoryapi.h, handleapi.h, tlhelp32.h and
 * the documentation of the Nt functions. CreateToolhelp32Snapshot gives a section's handle too, see docs/rules.
 */
import type { Acquire, CatalogEntry, CatalogTable } from './entry.ts';

const handle = (nameArgument: number): Acquire => ({
  effect: 'acquire',
  resource: 'section',
  into: 'result',
  failure: 'null',
  maker: 'win32',
  typeName: 'section handle',
  releasedBy: 'CloseHandle($)',
  nameArgument,
});

const ntHandle: Acquire = {
  effect: 'acquire',
  resource: 'section',
  into: 0,
  failure: 'status',
  maker: 'win32',
  typeName: 'section handle',
  releasedBy: 'CloseHandle($)',
};

const view = (section: number, address?: number, ownProcess?: number): Acquire => ({
  effect: 'acquire',
  resource: 'view',
  into: 'result',
  failure: 'null',
  parent: section,
  typeName: 'view',
  releasedBy: 'UnmapViewOfFile($)',
  ...(address === undefined ? {} : { address }),
  ...(ownProcess === undefined ? {} : { ownProcess }),
});

const ntView: Acquire = {
  effect: 'acquire',
  resource: 'view',
  into: 2,
  failure: 'status',
  parent: 0,
  typeName: 'view',
  releasedBy: 'UnmapViewOfFile($)',
  ownProcess: 1,
};

const both = (name: string): string[] => [`Nt${name}`, `Zw${name}`];

const entries: CatalogEntry[] = [
  { names: ['CreateFileMapping', 'CreateFileMappingA', 'CreateFileMappingW'], effect: handle(5) },
  { names: ['CreateFileMappingNuma', 'CreateFileMappingNumaA', 'CreateFileMappingNumaW'], effect: handle(5) },
  { names: ['CreateFileMappingFromApp'], effect: handle(4) },
  { names: ['CreateFileMapping2'], effect: handle(6) },
  { names: ['OpenFileMapping', 'OpenFileMappingA', 'OpenFileMappingW', 'OpenFileMappingFromApp'], effect: handle(2) },
  { names: [...both('CreateSection'), ...both('CreateSectionEx'), ...both('OpenSection')], effect: ntHandle },
  {
    names: ['CreateToolhelp32Snapshot'],
    effect: {
      effect: 'acquire',
      resource: 'section',
      into: 'result',
      failure: 'minus-one',
      maker: 'win32',
      typeName: 'snapshot handle',
      releasedBy: 'CloseHandle($)',
    },
  },
  { names: ['MapViewOfFile', 'MapViewOfFileFromApp'], effect: view(0) },
  { names: ['MapViewOfFileEx', 'MapViewOfFileExNuma'], effect: view(0, 5) },
  { names: ['MapViewOfFile2', 'MapViewOfFileNuma2'], effect: view(0, 3, 1) },
  { names: ['MapViewOfFile3', 'MapViewOfFile3FromApp'], effect: view(0, 2, 1) },
  { names: [...both('MapViewOfSection'), ...both('MapViewOfSectionEx')], effect: ntView },
  {
    names: ['UnmapViewOfFile', 'UnmapViewOfFileEx'],
    effect: { effect: 'release', resources: ['view'], of: 0 },
  },
  {
    names: ['UnmapViewOfFile2', ...both('UnmapViewOfSection'), ...both('UnmapViewOfSectionEx')],
    effect: { effect: 'release', resources: ['view'], of: 1 },
  },
  { names: ['CloseHandle', ...both('Close')], effect: { effect: 'release', resources: ['section'], of: 0 } },
  {
    names: ['DuplicateHandle'],
    effect: {
      effect: 'release',
      resources: ['section'],
      of: 1,
      where: { argument: 6, contains: 'DUPLICATE_CLOSE_SOURCE' },
    },
  },
  {
    names: both('DuplicateObject'),
    effect: {
      effect: 'release',
      resources: ['section'],
      of: 1,
      where: { argument: 6, contains: 'DUPLICATE_CLOSE_SOURCE' },
    },
  },
  {
    names: [
      'Process32First',
      'Process32FirstW',
      'Process32Next',
      'Process32NextW',
      'Thread32First',
      'Thread32Next',
      'Module32First',
      'Module32FirstW',
      'Module32Next',
      'Module32NextW',
      'Heap32ListFirst',
      'Heap32ListNext',
      'WaitForSingleObject',
      'WaitForSingleObjectEx',
      'GetKernelObjectSecurity',
      'SetKernelObjectSecurity',
      'GetSecurityInfo',
      'SetSecurityInfo',
      'CompareObjectHandles',
      'SetHandleInformation',
      'GetHandleInformation',
      'FlushViewOfFile',
      'VirtualQuery',
      'VirtualProtect',
      'VirtualLock',
      'VirtualUnlock',
      'DuplicateHandle',
      ...both('DuplicateObject'),
      ...both('QuerySection'),
      ...both('ExtendSection'),
      ...both('QueryObject'),
      'NT_SUCCESS',
      'SUCCEEDED',
      'FAILED',
    ],
    effect: { effect: 'borrow' },
  },
  {
    // These give back things of other kinds: a view or a section stays as it is.
    names: [
      'free',
      'VirtualFree',
      'VirtualFreeEx',
      'GlobalFree',
      'LocalFree',
      'HeapFree',
      'CoTaskMemFree',
      'SysFreeString',
      'FreeLibrary',
      'FindClose',
      'RegCloseKey',
      'closesocket',
      'DeleteObject',
      'CloseServiceHandle',
      'InternetCloseHandle',
    ],
    effect: { effect: 'borrow' },
  },
  {
    names: [
      'ExitProcess',
      'TerminateProcess',
      'FatalAppExit',
      'FatalAppExitA',
      'FatalAppExitW',
      'RaiseFailFastException',
    ],
    effect: { effect: 'end' },
  },
];

export const WIN32: CatalogTable = {
  languages: ['c', 'cpp', 'csharp', 'typescript', 'python'],
  entries,
  words: [
    'CreateFileMapping',
    'OpenFileMapping',
    'MapViewOfFile',
    '(?:Nt|Zw)(?:Create|Open)Section',
    '(?:Nt|Zw)MapViewOfSection',
    'CreateToolhelp32Snapshot',
  ],
};

/** PowerShell: the objects are .NET's; commands that only look at what they are given. */
import { DOTNET } from './dotnet.ts';
import type { CatalogEntry, CatalogTable } from './entry.ts';

const entries: CatalogEntry[] = [
  ...DOTNET.entries,
  {
    names: [
      'Write-Host',
      'Write-Verbose',
      'Write-Debug',
      'Write-Warning',
      'Write-Error',
      'Write-Information',
      'Start-Sleep',
      'Get-Member',
      'Measure-Object',
      'Format-Table',
      'Format-List',
      'Out-String',
      'Out-Host',
    ],
    effect: { effect: 'borrow' },
  },
];

export const POWERSHELL: CatalogTable = { languages: ['powershell'], entries, words: DOTNET.words };

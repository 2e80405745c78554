/** Graphs of PowerShell. */
import assert from 'node:assert/strict';
import { POWERSHELL } from '../../../../src/analyzers/languages/powershell/index.ts';
import { withoutMargin } from '../draw-graph.ts';
import { SourceReader } from './graphs-of.ts';

describe('PowerShell', () => {
  let reader: SourceReader;
  before(async () => {
    reader = await SourceReader.for(POWERSHELL);
  });

  function draws(source: string, graph: string): void {
    assert.equal(reader.draw(source), withoutMargin(graph));
  }

  it('what a function names last is what it returns', () => {
    draws(
      `
        function New-Part($Name) {
            $map = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew($Name, 1)
            if ($null -eq $map -or -not $Name) { throw "no" }
            $map
        }
      `,
      `
        New-Part(name)
        0:
          map = MemoryMappedFile.CreateNew(name, 1)
          if map is null -> 1 else 2
        1:
          end map
          throw "no"
        2:
          if name is null -> 1 else 3
        3:
          t1 <- map
          end map
          return t1
      `,
    );
  });

  it('other values are handed out, void ones are not', () => {
    draws(
      `
        function Use-Part($Part) {
            $Part.Read(0)
            Get-Part $Part
            [void]$Part.Flush()
            New-Part 'a' | Out-Null
            return
        }
      `,
      `
        Use-Part(part)
        0:
          part.Read(null)
          t1 = Get-Part(part)
          implicit Write-Output(t1)
          part.Flush()
          New-Part("a")
          return
      `,
    );
  });

  it('finally runs on every way out', () => {
    draws(
      `
        function Try-Part {
            param([string]$Name)
            try { $part = New-Part $Name }
            catch [IO.IOException] { return }
            finally { if ($part) { $part.dispose() } }
        }
      `,
      `
        Try-Part(name)
        0 !3:
          part = New-Part(name)
          if part is null -> 1 else 2
        1:
          end part
          return (implicit)
        2:
          part.Dispose()
          goto 1
        3:
          if \`\` -> 4 else 7
        4:
          if part is null -> 5 else 6
        5:
          end part
          return
        6:
          part.Dispose()
          goto 5
        7:
          if part is null -> 8 else 9
        8:
          throw (implicit)
        9:
          part.Dispose()
          goto 8
      `,
    );
  });

  it('elements through a pipeline, and by their numbers', () => {
    draws(
      `
        function Close-All($all) {
            $all | Where-Object { $_ } | ForEach-Object { $_.Dispose() }
            for ($i = 0; $i -lt 3; $i++) { $all[$i].Dispose() }
            do { $x = 1 } until ($x)
        }
      `,
      `
        Close-All(all)
        0:
          goto 1
        1:
          if loop over all[] -> 2 else 3
        2:
          _ <- all[]
          _.Dispose()
          end _
          goto 1
        3:
          i <- null
          goto 4
        4:
          if loop over all[] -> 5 else 6
        5:
          all[].Dispose()
          goto 4
        6:
          x <- 1
          if x is null -> 6 else 7
        7:
          end i, x
          return (implicit)
        Close-All.<lambda>()
        0:
          t1 <- C._
          return t1
        Close-All.<lambda>()
        0:
          C._.Dispose()
          return (implicit)
      `,
    );
  });

  it('fields of a class, variables of the script', () => {
    draws(
      `
        class Part {
            [object]$Map
            Part([string]$name) { $this.Map = New-Part $name }
            [void] Close() { $this.Map.Dispose(); $script:last = $null }
        }
      `,
      `
        Part..ctor(name)
        0:
          t1 = New-Part(name)
          S.Map <- t1
          return (implicit)
        Part.Close()
        0:
          S.Map.Dispose()
          G.last <- null
          return (implicit)
      `,
    );
  });

  it('arguments by their names may come in any order', () => {
    draws(
      `
        function Give-Away($map) {
            Save-Part -Map $map -Name 'a'
            Save-Part $map
            $list += $map
            $table = @{ map = $map }
        }
      `,
      `
        Give-Away(map)
        0:
          t1 = Save-Part by names(map, "a")
          implicit Write-Output(t1)
          t2 = Save-Part(map)
          implicit Write-Output(t2)
          list[] <- map
          t3 <- fresh
          t3.map <- map
          table <- t3
          end list, table
          return (implicit)
      `,
    );
  });
});

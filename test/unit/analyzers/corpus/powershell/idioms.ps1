# Ways in which scripts look after maps: all of them silent.
#Requires -Version 5.1
Set-StrictMode -Version Latest

$Source = @'
using System; using System.Runtime.InteropServices;
public static class Native { [DllImport("kernel32")] public static extern IntPtr MapViewOfFile(IntPtr h, int a, int b, int c, IntPtr d); }
'@
Add-Type -TypeDefinition $Source

function Read-Shared {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateNotNullOrEmpty()]
        [string] $Name,
        [int] $Size = 4096
    )
    begin { Write-Verbose "reading $Name" }
    process {
        $mmf = $null; $stream = $null; $reader = $null
        try {
            $mmf = [System.IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting($Name, [System.IO.MemoryMappedFiles.MemoryMappedFileRights]::Read)
            $stream = $mmf.CreateViewStream(0, $Size, 'Read')
            $reader = New-Object System.IO.BinaryReader -ArgumentList $stream
            return $reader.ReadString()
        }
        catch [System.IO.FileNotFoundException] {
            Write-Warning "no $Name"
            return $null
        }
        finally {
            foreach ($item in @($reader, $stream, $mmf)) {
                if ($null -ne $item) { $item.Dispose() }
            }
        }
    }
}

function Write-Shared([string]$Name, [byte[]]$Bytes) {
    $map = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateOrOpen($Name, $Bytes.Length)
    $view = $map.CreateViewAccessor(0, $Bytes.Length)
    $view.WriteArray(0, $Bytes, 0, $Bytes.Length)
    $view.Flush()
    $view.Dispose()
    return $map
}

function Test-Shared {
    param($Name)
    try {
        [System.IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting($Name).Dispose()
        $true
    } catch { $false }
}

$script:maps = @{}

function Register-Map($Name) {
    if (-not $script:maps.ContainsKey($Name)) {
        $script:maps[$Name] = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew($Name, 1024)
    }
    $script:maps[$Name]
}

function Clear-Map {
    foreach ($entry in $script:maps.GetEnumerator()) { $entry.Value.Dispose() }
    $script:maps.Clear()
}

function Use-Using {
    param([scriptblock]$Body, [System.IDisposable]$InputObject)
    try { & $Body } finally { $InputObject.Dispose() }
}

function Invoke-It {
    $map = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew('x', 1)
    Use-Using -InputObject $map -Body { Write-Host $map }
}

$holder = [PSCustomObject]@{ Map = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew('y', 1) }
$holder.Map.Dispose()

function Get-Wrapped {
    $map = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew('z', 1)
    [PSCustomObject]@{
        Map  = $map
        View = $map.CreateViewAccessor()
    }
}

class Pipe : System.IDisposable {
    hidden [System.IO.MemoryMappedFiles.MemoryMappedFile] $file
    hidden [object] $view
    Pipe([string]$n, [int]$s) {
        $this.file = [System.IO.MemoryMappedFiles.MemoryMappedFile]::CreateOrOpen($n, $s)
        $this.view = $this.file.CreateViewAccessor()
    }
    [void] Dispose() {
        if ($this.view) { $this.view.Dispose() }
        if ($this.file) { $this.file.Dispose() }
    }
}

while ($true) {
    $m = [IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting('poll')
    $v = $m.CreateViewAccessor()
    $x = $v.ReadInt32(0)
    $v.Dispose(); $m.Dispose()
    if ($x -eq 1) { break }
    Start-Sleep -Seconds 1
}

# Objects of .NET in PowerShell: disposed by hand, in finally, by whoever gets them.

function Forget-Map {
    param([string]$Name)
    $map = [System.IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew($Name, 4096) #! section-never-closed
    Write-Host "made $Name"
}

function Forget-View {
    param([string]$Name)
    $map = [System.IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew($Name, 4096)
    $view = $map.CreateViewAccessor() #! view-never-unmapped
    $view.Write(0, 1)
    $map.Dispose()
}

function Leave-Early {
    param([string]$Name, [int]$Size)
    $map = [System.IO.MemoryMappedFiles.MemoryMappedFile]::CreateOrOpen($Name, $Size) #! section-leaks-on-path
    if ($Size -gt 4096) {
        return $false
    }
    $map.Dispose()
    return $true
}

function Lose-ByThrow($Name, $Size) {
    $map = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew($Name, $Size) #! section-leaks-on-path
    if (-not (Test-Path $Name)) {
        throw "no $Name"
    }
    $map.Dispose()
}

function Keep-Map($Name) {
    $map = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew($Name, 4096) #! section-outlives-view
    $view = $map.CreateViewStream()
    $view.Dispose()
}

function Swallow($Name) {
    try {
        $map = [IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting($Name) #! section-leaks-on-path
        $view = $map.CreateViewAccessor()
        $view.Dispose()
        $map.Dispose()
    }
    catch {
        Write-Warning "$_"
    }
}

function Retry($Name) {
    foreach ($attempt in 1..3) {
        $map = [IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting($Name) #! section-leaks-on-path
    }
    $map.Dispose()
}

function Drop-Result($Name) {
    [void][IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew($Name, 4096) #! section-never-closed
    $null = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew("$Name.2", 4096) #! section-never-closed
    [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew("$Name.3", 4096) | Out-Null #! section-never-closed
}

class Forgetful {
    [object]$Map

    [void] Open([string]$name) {
        $this.Map = [System.IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting($name) #! section-never-closed
    }
}

function Forget-Given {
    $map = New-Section 'a' #! section-never-closed
    Write-Host 'got it'
}

function New-Section($Name) {
    $map = [System.IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew($Name, 4096)
    return $map
}

function Use-Given {
    $map = New-Section 'a'
    $map.Dispose()
}

function Use-Finally {
    param([string]$Name)
    $map = $null
    $view = $null
    try {
        $map = [System.IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting($Name)
        $view = $map.CreateViewAccessor()
        $view.ReadInt32(0)
    }
    finally {
        if ($view) { $view.Dispose() }
        if ($null -ne $map) { $map.Dispose() }
    }
}

function Write-Section($Name) {
    try {
        if ($Name) {
            [System.IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew($Name, 4096)
        }
    }
    catch {
        Write-Error $_
    }
}

function Get-Section($Name) {
    $map = [System.IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting($Name)
    $map
}

function Give-Away($Name) {
    $map = [System.IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting($Name)
    Save-Section -Map $map -Name $Name
}

function Close-All($Names) {
    $all = @()
    foreach ($one in $Names) {
        $all += [System.IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting($one)
    }
    $all | ForEach-Object { $_.dispose() }
}

function Open-Shared($Name) {
    $script:shared = [System.IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting($Name)
}

function Close-Shared {
    $script:shared.Dispose()
}

class Owner {
    [object]$Inner

    Owner([string]$name) {
        $this.Inner = [System.IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting($name)
    }

    [void] Close() {
        if ($null -ne $this.Inner) {
            $this.Inner.Dispose()
            $this.Inner = $null
        }
    }
}

$direct = [System.IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew('direct', 4096)
$direct.Dispose()

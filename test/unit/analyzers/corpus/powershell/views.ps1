# Views that are forgotten, and maps that wait for nothing once their views are gone.

function Lose-ViewOnReturn($Map) {
    $view = $Map.CreateViewAccessor() #! view-never-unmapped
    if ($view.ReadInt32(0) -eq 0) {
        return 0
    }
    $view.Dispose()
    return 1
}

function Lose-ViewByThrow($Map) {
    $view = $Map.CreateViewStream() #! view-never-unmapped
    if (-not $view.CanRead) { throw 'not readable' }
    $view.Dispose()
}

function Drop-View($Map) {
    $null = $Map.CreateViewAccessor() #! view-never-unmapped
}

function Clear-View($Map) {
    $view = $Map.CreateViewAccessor() #! view-never-unmapped
    $view.Write(0, 1)
    $view = $null
}

class ForgetsView {
    [object]$Map
    [object]$View

    ForgetsView([string]$name) {
        $this.Map = [IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting($name)
        $this.View = $this.Map.CreateViewAccessor() #! view-never-unmapped
    }

    [void] Dispose() {
        $this.View = $null
        $this.Map.Dispose()
    }
}

function Leave-Map($Name) {
    $map = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew($Name, 4096) #! section-outlives-view
    $view = $map.CreateViewAccessor()
    try {
        $view.Write(0, 1)
    }
    finally {
        $view.Dispose()
    }
}

function Leave-Maps($Names) {
    foreach ($name in $Names) {
        $map = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew($name, 4096) #! section-outlives-view
        $view = $map.CreateViewAccessor()
        $view.Dispose()
    }
}

class Holder {
    [object]$Waiting

    [void] Start([string]$name) {
        $this.Waiting = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew($name, 4096) #! section-outlives-view
        $view = $this.Waiting.CreateViewAccessor()
        $view.Write(0, 1)
        $view.Dispose()
    }
}

function Save-Map($Name) {
    $map = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew($Name, 4096) #! section-outlives-view
    $view = $map.CreateViewStream()
    $view.Dispose()
    $script:saved[$Name] = $map
}

function Use-View($Map) {
    $view = $Map.CreateViewAccessor()
    try { return $view.ReadInt32(0) }
    finally { $view.Dispose() }
}

function New-View($Map) {
    $view = $Map.CreateViewAccessor()
    return $view
}

function Use-NewView($Map) {
    $part = New-View $Map
    $part.Dispose()
}

function Close-MapFirst($Name) {
    $map = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew($Name, 4096)
    $view = $map.CreateViewAccessor()
    $map.Dispose()
    $view.Dispose()
}

function Close-Both($Name) {
    $map = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew($Name, 4096)
    try {
        $view = $map.CreateViewAccessor()
        $view.Dispose()
    }
    catch {
        Write-Warning "$_"
    }
    $map.Dispose()
}

class Both {
    [object]$Inner
    [object]$Seen

    [void] Start([string]$name) {
        $this.Inner = [IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting($name)
        $this.Seen = $this.Inner.CreateViewAccessor()
    }

    [void] Stop() {
        if ($this.Seen) { $this.Seen.Dispose() }
        if ($this.Inner) { $this.Inner.Dispose() }
    }
}

using System;
using System.Collections.Generic;
using System.IO.MemoryMappedFiles;

sealed class Covered : IDisposable
{
    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;

    public Covered(long bytes)
    {
        map = MemoryMappedFile.CreateNew(null, bytes);
        view = map.CreateViewAccessor();
    }

    public void Dispose()
    {
        view.Dispose();
        map.Dispose();
    }
}

sealed class ForgetsTheSection : IDisposable
{
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor accessor;

    public ForgetsTheSection(long bytes)
    {
        file = MemoryMappedFile.CreateNew(null, bytes); //! section-never-closed
        accessor = file.CreateViewAccessor();
    }

    public void Dispose()
    {
        accessor.Dispose();
    }
}

sealed class ForgetsTheView : IDisposable
{
    private MemoryMappedFile backing;
    private MemoryMappedViewStream stream;

    public void Open(long bytes)
    {
        backing = MemoryMappedFile.CreateNew(null, bytes);
        stream = backing.CreateViewStream(); //! view-never-unmapped
    }

    public void Dispose() => backing?.Dispose();
}

class BaseOwner : IDisposable
{
    protected MemoryMappedFile section;

    public virtual void Dispose()
    {
        section?.Dispose();
    }
}

sealed class DerivedUser : BaseOwner
{
    public void Open(long bytes)
    {
        section = MemoryMappedFile.CreateNew(null, bytes);
    }
}

sealed class Registry
{
    private static readonly Dictionary<string, MemoryMappedFile> Known = new();
    private readonly List<MemoryMappedFile> forgotten = new();
    private static MemoryMappedFile single;

    public void Put(string name, long bytes)
    {
        Known[name] = MemoryMappedFile.CreateNew(name, bytes);
    }

    public static void Clear()
    {
        foreach (var pair in Known)
        {
            pair.Value.Dispose();
        }
    }

    public void Forget(long bytes)
    {
        forgotten.Add(MemoryMappedFile.CreateNew(null, bytes)); //! section-never-closed
    }

    public void OutlivesView(long bytes)
    {
        var map = MemoryMappedFile.CreateNew(null, bytes); //! section-outlives-view
        forgotten.Add(map);
        using var view = map.CreateViewAccessor();
        view.Write(0, 1);
    }

    public static void HeldForTheLifeOfTheProcess(long bytes)
    {
        single = MemoryMappedFile.CreateNew("single", bytes);
    }
}

sealed class StoresItsArgument
{
    private readonly MemoryMappedFile given;

    public StoresItsArgument(MemoryMappedFile given)
    {
        this.given = given;
    }

    public long Bytes => given.GetHashCode();
}

sealed class OwnsItsArgument : IDisposable
{
    private readonly MemoryMappedFile owned;

    public OwnsItsArgument(MemoryMappedFile owned)
    {
        this.owned = owned;
    }

    public void Dispose() => owned.Dispose();
}

static class Factory
{
    public static OwnsItsArgument Owned(long bytes)
    {
        var map = MemoryMappedFile.CreateNew(null, bytes);
        return new OwnsItsArgument(map);
    }

    public static StoresItsArgument Lost(long bytes)
    {
        var map = MemoryMappedFile.CreateNew(null, bytes); //! section-never-closed
        return new StoresItsArgument(map);
    }
}

sealed unsafe class Pointers : IDisposable
{
    private MemoryMappedViewAccessor held;
    private byte* start;

    public static void Forgotten(MemoryMappedViewAccessor accessor)
    {
        byte* pointer = null;
        accessor.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer); //! pointer-never-released
        *pointer = 1;
    }

    public static void Released(MemoryMappedViewAccessor accessor)
    {
        byte* pointer = null;
        try
        {
            accessor.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
            *pointer = 1;
        }
        finally
        {
            if (pointer != null)
            {
                accessor.SafeMemoryMappedViewHandle.ReleasePointer();
            }
        }
    }

    public void Hold(MemoryMappedViewAccessor accessor)
    {
        held = accessor;
        held.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
    }

    public void Dispose()
    {
        held.SafeMemoryMappedViewHandle.ReleasePointer();
        held.Dispose();
    }
}

sealed class KeptTwice : IDisposable
{
    private readonly Dictionary<string, MemoryMappedFile> known = new();
    private readonly MemoryMappedFile[] shown = new MemoryMappedFile[4];

    public void Open(string name, int index)
    {
        var map = MemoryMappedFile.OpenExisting(name);
        known.Add(name, map);
        shown[index] = map;
    }

    public void Dispose()
    {
        foreach (var map in known.Values)
        {
            map.Dispose();
        }
    }
}

static class Extensions
{
    public static void GiveBackAll(this MemoryMappedFile extended)
    {
        extended.Dispose();
    }
}

sealed class ReleasedByAnExtension : IDisposable
{
    private MemoryMappedFile extendedMap;

    public void Open(long bytes)
    {
        extendedMap = MemoryMappedFile.CreateNew(null, bytes);
    }

    public void Dispose() => extendedMap?.GiveBackAll();
}

sealed class Song
{
    public SongInfo Info { get; set; }
}

sealed class SongInfo : IDisposable
{
    public MemoryMappedFile Stored { get; set; }
    public MemoryMappedViewAccessor Shown { get; set; }

    public void Dispose()
    {
        Stored?.Dispose();
        Stored = null;
    }
}

static class Loader
{
    public static void Load(Song song, string path)
    {
        var info = new SongInfo();
        info.Stored = MemoryMappedFile.CreateFromFile(path);
        info.Shown = info.Stored.CreateViewAccessor(); //! view-never-unmapped
        song.Info = info;
    }

    public static SongInfo Made(string path)
    {
        var info = new SongInfo();
        info.Stored = MemoryMappedFile.CreateFromFile(path);
        info.Shown = info.Stored.CreateViewAccessor(); //! view-never-unmapped
        return info;
    }
}

sealed unsafe class Overlay
{
    private readonly SharedViews views = new();
    private Window* window;

    public void Initialize(Device device)
    {
        byte* address = null;
        views.Accessor!.SafeMemoryMappedViewHandle.AcquirePointer(ref address); //! pointer-never-released
        window = (Window*)address;
        device.OpenSharedResource(window->Texture);
    }
}

sealed class SharedViews
{
    public MemoryMappedViewAccessor Accessor;
}

sealed class ClosedByFlag
{
    [DllImport("kernel32")]
    private static extern IntPtr OpenFileMapping(uint access, bool inherit, string name);

    private IntPtr opened = IntPtr.Zero;
    private IntPtr mapped;
    private bool ready;

    ~ClosedByFlag()
    {
        Close();
    }

    public bool Open(string name)
    {
        opened = OpenFileMapping(4, false, name); //! section-leaks-on-path
        if (opened == IntPtr.Zero) return false;
        mapped = Native.MapViewOfFile(opened, 4, 0, 0, UIntPtr.Zero);
        if (mapped == IntPtr.Zero) return false;
        ready = true;
        return true;
    }

    public void Close()
    {
        if (ready)
        {
            Native.UnmapViewOfFile(mapped);
            Native.CloseHandle(opened);
        }
    }
}

sealed class ClosedByHandle
{
    private IntPtr handle = IntPtr.Zero;
    private IntPtr address;

    ~ClosedByHandle()
    {
        Close();
    }

    public bool Open(string name)
    {
        handle = Native.OpenFileMapping(4, false, name);
        if (handle == IntPtr.Zero) return false;
        address = Native.MapViewOfFile(handle, 4, 0, 0, UIntPtr.Zero);
        return address != IntPtr.Zero;
    }

    public void Close()
    {
        if (address != IntPtr.Zero) Native.UnmapViewOfFile(address);
        if (handle != IntPtr.Zero) Native.CloseHandle(handle);
        address = IntPtr.Zero;
        handle = IntPtr.Zero;
    }
}

sealed class ThrowsHalfWay : IDisposable
{
    private readonly MemoryMappedFile whole;
    private readonly MemoryMappedViewAccessor part;

    public ThrowsHalfWay(long bytes)
    {
        whole = MemoryMappedFile.CreateNew(null, bytes); //! section-leaks-on-path
        if (bytes < 4) throw new ArgumentException(nameof(bytes));
        part = whole.CreateViewAccessor();
    }

    public void Dispose()
    {
        part.Dispose();
        whole.Dispose();
    }
}

sealed class DisposedThroughAProperty : IDisposable
{
    private MemoryMappedFile backingFile;

    public MemoryMappedFile Backing
    {
        get => backingFile;
        private set => backingFile = value;
    }

    public void Open() => Backing = MemoryMappedFile.CreateNew(null, 64);

    public void Dispose() => Backing?.Dispose();
}

sealed class Ticker : IDisposable
{
    private readonly MemoryMappedFile polled = MemoryMappedFile.OpenExisting("polled");

    public int Tick()
    {
        var reading = polled.CreateViewAccessor(); //! view-never-unmapped
        return reading.ReadInt32(0);
    }

    public byte[] Read()
    {
        var bytes = polled.CreateViewStream(); //! view-never-unmapped
        var reader = new BinaryReader(bytes);
        return reader.ReadBytes(16);
    }

    public byte[] ReadAndClose()
    {
        using var reader = new BinaryReader(polled.CreateViewStream());
        return reader.ReadBytes(16);
    }

    public void Dispose() => polled.Dispose();
}

sealed class HandsOutViews : IDisposable
{
    private readonly MemoryMappedFile handed = MemoryMappedFile.CreateNew(null, 64);

    public MemoryMappedViewAccessor Fresh => handed.CreateViewAccessor();

    public int First() => Fresh.ReadInt32(0); //! view-never-unmapped

    public int Second()
    {
        using var view = Fresh;
        return view.ReadInt32(4);
    }

    public void Dispose() => handed.Dispose();
}

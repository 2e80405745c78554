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

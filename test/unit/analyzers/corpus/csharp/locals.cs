using System;
using System.Collections.Generic;
using System.IO;
using System.IO.MemoryMappedFiles;

static class Locals
{
    static void NeverDisposed(long bytes)
    {
        var map = MemoryMappedFile.CreateNew(null, bytes); //! section-never-closed
        Console.WriteLine(map);
    }

    static void DisposedAtTheEnd(long bytes)
    {
        var map = MemoryMappedFile.CreateNew(null, bytes);
        Console.WriteLine(bytes);
        map.Dispose();
    }

    static void UsingDeclaration(long bytes)
    {
        using var map = MemoryMappedFile.CreateNew(null, bytes);
        using var view = map.CreateViewAccessor();
        view.Write(0, 1);
    }

    static int UsingStatement(long bytes)
    {
        using (var map = MemoryMappedFile.CreateNew(null, bytes))
        using (var view = map.CreateViewAccessor())
        {
            if (bytes > 10)
            {
                return view.ReadByte(0);
            }
            view.Write(0, 1);
        }
        return 0;
    }

    static void OutlivesItsView(long bytes)
    {
        var map = MemoryMappedFile.CreateNew(null, bytes); //! section-outlives-view
        using (var view = map.CreateViewAccessor())
        {
            view.Write(0, 1);
        }
    }

    static bool EarlyReturn(long bytes)
    {
        var map = MemoryMappedFile.CreateNew(null, bytes); //! section-leaks-on-path
        if (bytes < 5)
        {
            return false;
        }
        map.Dispose();
        return true;
    }

    static void Throws(long bytes)
    {
        var map = MemoryMappedFile.CreateNew(null, bytes); //! section-leaks-on-path
        if (bytes < 5)
        {
            throw new InvalidOperationException();
        }
        map.Dispose();
    }

    static void ThrowsInsideOfFinally(long bytes)
    {
        var map = MemoryMappedFile.CreateNew(null, bytes);
        try
        {
            if (bytes < 5)
            {
                throw new InvalidOperationException();
            }
        }
        finally
        {
            map.Dispose();
        }
    }

    static bool SwallowingCatch(string name)
    {
        try
        {
            var map = MemoryMappedFile.OpenExisting(name); //! section-leaks-on-path
            using (var view = map.CreateViewAccessor())
            {
                view.Write(0, 1);
            }
            map.Dispose();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    static bool CatchThatReleases(string name)
    {
        MemoryMappedFile map = null;
        try
        {
            map = MemoryMappedFile.OpenExisting(name);
            using (var view = map.CreateViewAccessor())
            {
                view.Write(0, 1);
            }
            return true;
        }
        catch (Exception)
        {
            return false;
        }
        finally
        {
            map?.Dispose();
        }
    }

    static void NullCheckBeforeDispose(bool wanted, long bytes)
    {
        MemoryMappedFile map = null;
        if (wanted)
        {
            map = MemoryMappedFile.CreateNew(null, bytes);
        }
        Console.WriteLine(bytes);
        if (map != null)
        {
            map.Dispose();
        }
    }

    static void SameConditionTwice(bool wanted, long bytes)
    {
        MemoryMappedFile map = null;
        if (wanted)
        {
            map = MemoryMappedFile.CreateNew(null, bytes);
        }
        Console.WriteLine(bytes);
        if (wanted)
        {
            map.Dispose();
        }
    }

    static MemoryMappedFile Returned(long bytes)
    {
        var map = MemoryMappedFile.CreateNew(null, bytes); //! section-never-closed
        return map;
    }

    static MemoryMappedFile ReturnedAtOnce(long bytes) => MemoryMappedFile.CreateNew(null, bytes);

    static void TheOnlyCallerForgets(long bytes)
    {
        var map = Returned(bytes);
        Console.WriteLine(map);
    }

    static MemoryMappedFile ReturnedToTwo(long bytes) => MemoryMappedFile.CreateNew(null, bytes);

    static void OneOfTwoCallersForgets(long bytes)
    {
        var map = ReturnedToTwo(bytes); //! section-never-closed
        Console.WriteLine(map);
    }

    static void TheOtherOneReleases(long bytes)
    {
        using var map = ReturnedToTwo(bytes);
    }

    static void CallerReleases(long bytes)
    {
        using var map = ReturnedAtOnce(bytes);
        Console.WriteLine(map);
    }

    static (MemoryMappedFile, int) ReturnedInATuple(long bytes)
    {
        var map = MemoryMappedFile.CreateNew(null, bytes);
        return (map, 1);
    }

    static void Overwritten(long bytes)
    {
        var map = MemoryMappedFile.CreateNew(null, bytes); //! section-never-closed
        map = MemoryMappedFile.CreateNew(null, 2 * bytes);
        map.Dispose();
    }

    static void OverwrittenInALoop(long bytes)
    {
        MemoryMappedFile map = null;
        for (var i = 0; i < 5; i++)
        {
            map = MemoryMappedFile.CreateNew(null, bytes); //! section-leaks-on-path
        }
        map?.Dispose();
    }

    static void ReleasedInTheLoop(long bytes)
    {
        for (var i = 0; i < 5; i++)
        {
            var map = MemoryMappedFile.CreateNew(null, bytes);
            Console.WriteLine(map);
            map.Dispose();
        }
    }

    static void LostByContinue(long bytes)
    {
        for (var i = 0; i < 5; i++)
        {
            var map = MemoryMappedFile.CreateNew(null, bytes); //! section-leaks-on-path
            if (i == 3)
            {
                continue;
            }
            map.Dispose();
        }
    }

    static void Discarded(long bytes)
    {
        MemoryMappedFile.CreateNew("name", bytes); //! section-never-closed
    }

    static void TemporaryReceiver(long bytes)
    {
        using var view = MemoryMappedFile.CreateNew(null, bytes).CreateViewAccessor(); //! section-never-closed
        view.Write(0, 1);
    }

    static void ViewForgotten(long bytes)
    {
        using var map = MemoryMappedFile.CreateNew(null, bytes);
        var view = map.CreateViewAccessor(); //! view-never-unmapped
        view.Write(0, 1);
    }

    static void ListThatIsEmptied(long bytes)
    {
        var maps = new List<MemoryMappedFile>();
        for (var i = 0; i < 5; i++)
        {
            maps.Add(MemoryMappedFile.CreateNew(null, bytes));
        }
        foreach (var map in maps)
        {
            map.Dispose();
        }
    }

    static void ListThatIsForgotten(long bytes)
    {
        var maps = new List<MemoryMappedFile>();
        for (var i = 0; i < 5; i++)
        {
            maps.Add(MemoryMappedFile.CreateNew(null, bytes)); //! section-never-closed
        }
        Console.WriteLine(maps.Count);
    }

    static void GivenToUnknown(long bytes)
    {
        var map = MemoryMappedFile.CreateNew(null, bytes);
        Registry.Keep(map);
    }

    static void GivenToAnOwner(long bytes)
    {
        var map = MemoryMappedFile.CreateNew(null, bytes);
        Registry.Keep(new MapOwner(map));
    }

    static Action Captured(long bytes)
    {
        var map = MemoryMappedFile.CreateNew(null, bytes);
        return () => map.Dispose();
    }

    static void ReleaseHelper(MemoryMappedFile file)
    {
        if (file != null)
        {
            file.Dispose();
        }
    }

    static void ReleasedByAHelper(long bytes)
    {
        var map = MemoryMappedFile.CreateNew(null, bytes);
        ReleaseHelper(map);
    }

    static bool TryOpen(string name, out MemoryMappedFile map)
    {
        map = null;
        if (name == "")
        {
            return false;
        }
        map = MemoryMappedFile.OpenExisting(name);
        return true;
    }

    static void OutParameterReleased(string name)
    {
        if (!TryOpen(name, out var map))
        {
            return;
        }
        map.Dispose();
    }

    static void OutParameterForgotten(string name)
    {
        if (!TryOpen(name, out var map)) //! section-never-closed
        {
            return;
        }
        Console.WriteLine(map);
    }

    static void EndsTheProcess(long bytes)
    {
        var map = MemoryMappedFile.CreateNew(null, bytes);
        if (bytes < 5)
        {
            Environment.Exit(1);
        }
        map.Dispose();
    }

    static void ChainedRelease(long bytes)
    {
        using (var map = MemoryMappedFile.CreateNew(null, bytes))
        {
            map.CreateViewAccessor().Dispose();
            var view = map.CreateViewAccessor();
            view.Dispose();
        }
    }

    static void ExceptionsOfCalleesGoOn(string name, Stream stream)
    {
        using (stream)
        {
            var map = MemoryMappedFile.OpenExisting(name);
            stream.WriteByte(1);
            map.Dispose();
        }
    }

    static int SwallowedAfterAFinally(string name, Stream stream)
    {
        try
        {
            using (stream)
            {
                var map = MemoryMappedFile.OpenExisting(name); //! section-leaks-on-path
                stream.WriteByte(1);
                map.Dispose();
            }
        }
        catch (IOException)
        {
            return 1;
        }
        return 0;
    }
}

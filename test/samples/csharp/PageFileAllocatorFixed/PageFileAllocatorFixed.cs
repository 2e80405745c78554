// The correct twin of PageFileAllocator: the same sections, each closed when the work with them is done.
// Every pointer is released, so --keep-pointer changes nothing here.
using System;
using System.Collections.Generic;
using System.IO.MemoryMappedFiles;
using System.Threading;

namespace Samples;

internal sealed class PageFileAllocatorFixed : IDisposable
{
    private readonly List<MemoryMappedFile> allocated = new();

    private readonly Options options;

    private PageFileAllocatorFixed(Options options)
    {
        this.options = options;
    }

    private static int Main(string[] arguments)
    {
        if (!Options.TryParse(arguments, out Options options, out string problem))
        {
            Console.Error.WriteLine($"PageFileAllocatorFixed: {problem}");
            Console.Error.WriteLine(Options.Usage);
            return 2;
        }
        using (var allocator = new PageFileAllocatorFixed(options))
        {
            allocator.Run();
        }
        if (options.Hold > TimeSpan.Zero)
        {
            Console.WriteLine($"holding 0 sections, 0 bytes, for {options.Hold.TotalSeconds:N0} s");
            Thread.Sleep(options.Hold);
        }
        return 0;
    }

    public void Dispose()
    {
        foreach (var map in allocated)
        {
            map.Dispose();
        }
        allocated.Clear();
    }

    private void Run()
    {
        Console.WriteLine(
            $"PageFileAllocatorFixed (pid {Environment.ProcessId}): {options.Count} sections of {options.Bytes:N0} bytes");
        for (int i = 0; i < options.Count; i++)
        {
            Allocate(options.Bytes);
            PrintHeld();
            Thread.Sleep(options.Pause);
        }
    }

    /// <summary>One more section, filled with random data so that compression cannot make it small.</summary>
    private unsafe void Allocate(long bytes)
    {
        var map = MemoryMappedFile.CreateNew(null, bytes);
        allocated.Add(map);

        using (var accessor = map.CreateViewAccessor())
        {
            byte* pointer = null;
            accessor.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
            try
            {
                FillRandom(pointer, bytes);
            }
            finally
            {
                accessor.SafeMemoryMappedViewHandle.ReleasePointer();
            }
        }

        if (options.Close)
        {
            allocated.Remove(map);
            map.Dispose();
        }
    }

    private static unsafe void FillRandom(byte* start, long bytes)
    {
        const int Chunk = 1 << 20;
        for (long offset = 0; offset < bytes; offset += Chunk)
        {
            Random.Shared.NextBytes(new Span<byte>(start + offset, (int)Math.Min(Chunk, bytes - offset)));
        }
    }

    private void PrintHeld()
    {
        Console.WriteLine(
            $"sections {allocated.Count,3}   {allocated.Count * options.Bytes,13:N0} bytes   " +
            $"{SystemMemory.Describe()}   own working set {Environment.WorkingSet:N0} bytes");
        Console.Out.Flush();
    }
}

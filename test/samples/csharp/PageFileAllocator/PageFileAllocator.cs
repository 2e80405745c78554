// Takes memory from the page file, a section at a time, and lets go of each view as soon as it is filled.
// The sections themselves stay open: their memory then belongs to no process, and no figure of this one shows it.
using System;
using System.Collections.Generic;
using System.IO.MemoryMappedFiles;
using System.Threading;

namespace Samples;

internal sealed class PageFileAllocator
{
    private static readonly List<MemoryMappedFile> allocated = new();

    private readonly Options options;

    private PageFileAllocator(Options options)
    {
        this.options = options;
    }

    private static int Main(string[] arguments)
    {
        if (!Options.TryParse(arguments, out Options options, out string problem))
        {
            Console.Error.WriteLine($"PageFileAllocator: {problem}");
            Console.Error.WriteLine(Options.Usage);
            return 2;
        }
        new PageFileAllocator(options).Run();
        return 0;
    }

    private void Run()
    {
        Console.WriteLine(
            $"PageFileAllocator (pid {Environment.ProcessId}): {options.Count} sections of {options.Bytes:N0} bytes");
        for (int i = 0; i < options.Count; i++)
        {
            Allocate(options.Bytes);
            PrintHeld();
            Thread.Sleep(options.Pause);
        }
        if (options.Hold > TimeSpan.Zero)
        {
            Console.WriteLine(
                $"holding {allocated.Count} sections, {allocated.Count * options.Bytes:N0} bytes, " +
                $"for {options.Hold.TotalSeconds:N0} s");
            Thread.Sleep(options.Hold);
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
                if (!options.KeepPointer)
                {
                    accessor.SafeMemoryMappedViewHandle.ReleasePointer();
                }
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

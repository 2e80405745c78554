// Makes, maps, unmaps and closes sections as the lines on its standard input say, and after each line prints one line of
// JSON: all that it holds then, by its own books. What native/sections.c is in C.
//
//   make SLOT KIND BYTES   KIND is page-file, reserve (DelayAllocatePages), named, file
//   map SLOT BYTES         one view more from the beginning, 0 for the whole
//   pointer SLOT           as map 0, with a pointer that is never released: the view outlives its accessor
//   unmap SLOT             disposes the last view's accessor
//   close SLOT             disposes the MemoryMappedFile
using System;
using System.Collections.Generic;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Linq;
using System.Text.Json;

internal static class Sections
{
    private static readonly Dictionary<string, Slot> slots = new();

    private static void Main()
    {
        Tell();
        while (Console.ReadLine() is string line)
        {
            Obey(line.Split(' '));
            Tell();
        }
    }

    private static void Obey(string[] words)
    {
        switch (words[0])
        {
            case "make":
                slots.Add(words[1], new Slot(words[1], words[2], long.Parse(words[3])));
                break;
            case "map":
                slots[words[1]].Map(long.Parse(words[2]));
                break;
            case "pointer":
                slots[words[1]].MapForEver();
                break;
            case "unmap":
                slots[words[1]].Unmap();
                break;
            case "close":
                slots[words[1]].Close();
                break;
            default:
                throw new InvalidOperationException($"no order {words[0]}");
        }
    }

    private static void Tell()
    {
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            pid = Environment.ProcessId,
            privateBytes = 0,
            filled = 0,
            filledBytes = 0,
            copies = 0,
            slots = slots.Values.Select(slot => slot.Told()),
        }));
    }

    private sealed class Slot(string name, string kind, long bytes)
    {
        private readonly MemoryMappedFile map = Make(name, kind, bytes);
        private readonly Stack<(MemoryMappedViewAccessor Accessor, long Bytes, bool Stays)> views = new();
        private readonly List<long> staying = new();
        private bool closed;

        public void Map(long viewBytes)
        {
            long whole = viewBytes == 0 ? bytes : viewBytes;
            var accessor = map.CreateViewAccessor(0, whole);
            if (kind != "reserve")
            {
                accessor.Write(whole - 1, (byte)1);
            }
            views.Push((accessor, whole, false));
        }

        public unsafe void MapForEver()
        {
            var accessor = map.CreateViewAccessor(0, bytes);
            byte* pointer = null;
            accessor.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
            views.Push((accessor, bytes, true));
        }

        public void Unmap()
        {
            var (accessor, viewBytes, stays) = views.Pop();
            accessor.Dispose();
            if (stays)
            {
                staying.Add(viewBytes);
            }
        }

        public void Close()
        {
            map.Dispose();
            closed = true;
        }

        public object Told() => new
        {
            slot = name,
            kind,
            bytes,
            committedBytes = 0,
            handles = closed ? Array.Empty<long>() : new[] { map.SafeMemoryMappedFileHandle.DangerousGetHandle().ToInt64() },
            views = views.Select(view => view.Bytes).Concat(staying),
            childPid = 0,
            childBytes = 0,
        };

        private static MemoryMappedFile Make(string name, string kind, long bytes) => kind switch
        {
            "page-file" => MemoryMappedFile.CreateNew(null, bytes),
            "reserve" => MemoryMappedFile.CreateNew(null, bytes, MemoryMappedFileAccess.ReadWrite,
                MemoryMappedFileOptions.DelayAllocatePages, HandleInheritability.None),
            "named" => MemoryMappedFile.CreateNew($"section-leaks-{Environment.ProcessId}-{name}", bytes),
            "file" => MemoryMappedFile.CreateFromFile(
                new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose),
                null, bytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, false),
            _ => throw new InvalidOperationException($"no kind {kind}"),
        };
    }
}

using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;

namespace Samples;

/// <summary>The figure of the whole machine in which the sections show: modified pages on Windows, Shmem on Linux.</summary>
internal static partial class SystemMemory
{
    public static string Describe()
    {
        if (OperatingSystem.IsWindows())
        {
            return $"modified {Format(ModifiedBytes())}";
        }
        return $"Shmem {Format(ShmemBytes())}";
    }

    private static string Format(long? bytes)
    {
        return bytes is null ? "unknown" : $"{bytes:N0} bytes";
    }

    private static long? ShmemBytes()
    {
        const string MemoryInfo = "/proc/meminfo";
        if (!File.Exists(MemoryInfo))
        {
            return null;
        }
        foreach (string line in File.ReadLines(MemoryInfo))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "Shmem:")
            {
                return long.Parse(words[1], CultureInfo.InvariantCulture) * 1024;
            }
        }
        return null;
    }

    private static long? ModifiedBytes()
    {
        const uint LargeInteger = 0x400;
        if (PdhOpenQueryW(null, 0, out nint query) != 0)
        {
            return null;
        }
        try
        {
            if (PdhAddEnglishCounterW(query, @"\Memory\Modified Page List Bytes", 0, out nint counter) == 0 &&
                PdhCollectQueryData(query) == 0 &&
                PdhGetFormattedCounterValue(counter, LargeInteger, 0, out CounterValue value) == 0)
            {
                return value.Large;
            }
            return null;
        }
        finally
        {
            _ = PdhCloseQuery(query);
        }
    }

    [StructLayout(LayoutKind.Explicit)]
    private struct CounterValue
    {
        [FieldOffset(0)] public uint Status;
        [FieldOffset(8)] public long Large;
    }

    [LibraryImport("pdh.dll", StringMarshalling = StringMarshalling.Utf16)]
    private static partial int PdhOpenQueryW(string? dataSource, nint userData, out nint query);

    [LibraryImport("pdh.dll", StringMarshalling = StringMarshalling.Utf16)]
    private static partial int PdhAddEnglishCounterW(nint query, string path, nint userData, out nint counter);

    [LibraryImport("pdh.dll")]
    private static partial int PdhCollectQueryData(nint query);

    [LibraryImport("pdh.dll")]
    private static partial int PdhGetFormattedCounterValue(nint counter, uint format, nint type, out CounterValue value);

    [LibraryImport("pdh.dll")]
    private static partial int PdhCloseQuery(nint query);
}

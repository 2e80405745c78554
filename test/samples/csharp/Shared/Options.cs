using System;
using System.Globalization;

namespace Samples;

/// <summary>What the command line asks for.</summary>
internal sealed class Options
{
    public const string Usage =
        "options: [--count N] [--bytes N|NKiB|NMiB|NGiB] [--pause MS] [--hold SECONDS] [--keep-pointer] [--close]";

    public int Count { get; private set; } = 24;

    public long Bytes { get; private set; } = 16L << 20;

    public TimeSpan Pause { get; private set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the process lives on after the last section; zero ends it at once.</summary>
    public TimeSpan Hold { get; private set; } = TimeSpan.FromSeconds(30);

    /// <summary>Keeps the pointer into each view: the view then stays mapped although it is disposed.</summary>
    public bool KeepPointer { get; private set; }

    /// <summary>Closes each section after its view, as a program should.</summary>
    public bool Close { get; private set; }

    public static bool TryParse(string[] arguments, out Options options, out string problem)
    {
        options = new Options();
        problem = "";
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i];
            if (name == "--keep-pointer")
            {
                options.KeepPointer = true;
            }
            else if (name == "--close")
            {
                options.Close = true;
            }
            else if (i + 1 < arguments.Length && options.TrySet(name, arguments[i + 1]))
            {
                i++;
            }
            else
            {
                problem = $"cannot read the option {name} with its value";
                return false;
            }
        }
        return true;
    }

    private bool TrySet(string name, string value)
    {
        if (!TryParseBytes(value, out long number))
        {
            return false;
        }
        switch (name)
        {
            case "--count" when number <= int.MaxValue:
                Count = (int)number;
                return true;
            case "--bytes" when number > 0:
                Bytes = number;
                return true;
            case "--pause" when number <= int.MaxValue:
                Pause = TimeSpan.FromMilliseconds(number);
                return true;
            case "--hold" when number <= int.MaxValue / 1000:
                Hold = TimeSpan.FromSeconds(number);
                return true;
            default:
                return false;
        }
    }

    /// <summary>A whole number, with or without a binary unit: 4096, 64KiB, 16MiB, 1GiB.</summary>
    private static bool TryParseBytes(string text, out long bytes)
    {
        int shift = 0;
        string digits = text;
        foreach (var (unit, bits) in new[] { ("KiB", 10), ("MiB", 20), ("GiB", 30) })
        {
            if (text.EndsWith(unit, StringComparison.Ordinal))
            {
                shift = bits;
                digits = text[..^unit.Length];
            }
        }
        bool isNumber = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number);
        bytes = number << shift;
        return isNumber && bytes >> shift == number;
    }
}

using System.Runtime.CompilerServices;

namespace Typed.Generator.Tests.Harness;

/// <summary>
/// Compares a text with <c>Test.Case.verified.cs</c> beside the test's file. On a mismatch the text lands in <c>Test.Case.received.cs</c>;
/// to approve it, rename it. The convention is Verify's, so that Verify can take over.
/// </summary>
internal static class Snapshot
{
    private const int Around = 3;

    /// <summary>Fails unless the verified file says the same, line endings apart.</summary>
    /// <param name="text">What the test got.</param>
    /// <param name="file">The test's file; its name is the first part of the snapshot's.</param>
    /// <param name="member">The test's method; its name is the second part.</param>
    public static void Match(string text, [CallerFilePath] string file = "", [CallerMemberName] string member = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(file)!, $"{Path.GetFileNameWithoutExtension(file)}.{member}");
        var (verified, received) = (stem + ".verified.cs", stem + ".received.cs");
        var actual = Normalize(text);
        var expected = File.Exists(verified) ? Normalize(File.ReadAllText(verified)) : null;
        if (string.Equals(actual, expected, StringComparison.Ordinal))
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        var name = Path.GetFileName(stem);
        Assert.Fail(expected is null
            ? $"{name}.verified.cs does not exist. Read {name}.received.cs, and rename it if it is right."
            : $"{name}.received.cs differs from {name}.verified.cs:\n{Diff(expected.Split('\n'), actual.Split('\n'))}");
    }

    private static string Normalize(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";

    /// <summary>What lies between the equal beginning and the equal end, with a few lines around it.</summary>
    private static string Diff(string[] expected, string[] actual)
    {
        var shorter = Math.Min(expected.Length, actual.Length);
        var head = expected.Zip(actual).TakeWhile(Same).Count();
        var tail = Math.Min(shorter - head, expected.Reverse().Zip(actual.Reverse()).TakeWhile(Same).Count());
        return string.Join('\n',
        [
            $"@@ line {head + 1} @@",
            .. expected.Take(head).TakeLast(Around).Select(line => "  " + line),
            .. Short(expected[head..^tail], "- "),
            .. Short(actual[head..^tail], "+ "),
            .. expected.TakeLast(tail).Take(Around).Select(line => "  " + line),
        ]);

        static bool Same((string Expected, string Actual) pair) => string.Equals(pair.Expected, pair.Actual, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Short(string[] lines, string sign)
    {
        const int Most = 12;
        var shown = lines.Take(Most).Select(line => sign + line);
        return lines.Length <= Most ? shown : shown.Append($"{sign}... {lines.Length - Most} more lines");
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Quickstart;

/// <summary>What the sample wants to know of a line.</summary>
internal sealed record LogEntry(DateTimeOffset Time, string Host, string Url, string Path, int Status, long Bytes);

/// <summary>A log in the combined format: <c>host - user [time] "GET /path HTTP/1.1" status bytes "referrer" "agent"</c>.</summary>
/// <param name="file">The log's file; null: a few lines that are built in.</param>
internal sealed partial class AccessLog(string? file)
{
    /// <summary>Typed takes keys of at most 512 bytes of UTF-8; the rare path or host that is longer is cut.</summary>
    private const int LongestKey = 512;

    private const string Example = """
        10.0.0.7 - - [21/Mar/2026:09:02:11 +0000] "GET / HTTP/1.1" 200 5120 "-" "curl/8.5"
        10.0.0.7 - - [21/Mar/2026:09:02:12 +0000] "GET /style.css HTTP/1.1" 200 1890 "-" "curl/8.5"
        10.0.0.9 - - [21/Mar/2026:09:14:40 +0000] "GET /search?q=tea HTTP/1.1" 200 20311 "-" "curl/8.5"
        10.0.0.9 - - [21/Mar/2026:09:14:41 +0000] "GET /style.css HTTP/1.1" 304 - "-" "curl/8.5"
        10.0.0.4 - - [21/Mar/2026:10:00:03 +0000] "GET / HTTP/1.1" 200 5133 "-" "curl/8.5"
        10.0.0.4 - - [21/Mar/2026:10:00:09 +0000] "GET /search?q=milk HTTP/1.1" 200 18102 "-" "curl/8.5"
        10.0.0.4 - - [21/Mar/2026:10:00:31 +0000] "POST /cart HTTP/1.1" 302 - "-" "curl/8.5"
        10.0.0.4 - - [21/Mar/2026:10:00:32 +0000] "GET /cart HTTP/1.1" 200 7710 "-" "curl/8.5"
        10.0.0.8 - - [21/Mar/2026:10:20:55 +0000] "GET /wp-login.php HTTP/1.1" 404 312 "-" "curl/8.5"
        10.0.0.8 - - [21/Mar/2026:10:20:56 +0000] "GET / HTTP/1.1" 200 5133 "-" "curl/8.5"
        10.0.0.2 - - [21/Mar/2026:12:41:17 +0000] "GET / HTTP/1.1" 200 5133 "-" "curl/8.5"
        10.0.0.2 - - [21/Mar/2026:12:41:40 +0000] "GET /search?q=tea HTTP/1.1" 500 96 "-" "curl/8.5"
        """;

    /// <summary>How many lines could not be read.</summary>
    public long BadLines { get; private set; }

    /// <summary>The number of the first of them, and what is wrong with it.</summary>
    public string? FirstBadLine { get; private set; }

    public async IAsyncEnumerable<LogEntry> ReadAsync()
    {
        var number = 0L;
        await foreach (var line in file is null ? Example.Split('\n').ToAsyncEnumerable() : File.ReadLinesAsync(file))
        {
            number++;
            if (Parse(line, out var reason) is { } entry)
            {
                yield return entry;
            }
            else
            {
                BadLines++;
                FirstBadLine ??= $"Line {number}: {reason}";
            }
        }
    }

    private static LogEntry? Parse(string line, out string reason)
    {
        reason = "";
        var match = Combined().Match(line);
        if (!match.Success)
        {
            reason = "not in the combined format";
        }
        else if (!DateTimeOffset.TryParseExact(match.Groups["time"].ValueSpan, "dd/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            reason = $"'{match.Groups["time"]}' is not a time";
        }
        else if (time < DateTimeOffset.UnixEpoch)
        {
            reason = $"'{match.Groups["time"]}' is before 1970, where no event is";
        }
        else if (!TryBytes(match.Groups["bytes"].ValueSpan, out var bytes))
        {
            reason = $"'{match.Groups["bytes"]}' is not a size";
        }
        else
        {
            var status = int.Parse(match.Groups["status"].ValueSpan, CultureInfo.InvariantCulture);
            return new LogEntry(time, Shorten(match.Groups["host"].ValueSpan), match.Groups["url"].Value, Shorten(match.Groups["path"].ValueSpan), status, bytes);
        }

        return null;
    }

    private static string Shorten(ReadOnlySpan<char> text)
    {
        Span<byte> key = stackalloc byte[LongestKey];
        Utf8.FromUtf16(text, key, out var length, out _);
        return text[..length].ToString();
    }

    /// <summary>A response without a body has the size <c>-</c>.</summary>
    private static bool TryBytes(ReadOnlySpan<char> text, out long bytes)
    {
        bytes = 0;
        return text is "-" || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bytes);
    }

    // Seven fields; whatever follows the size is not looked at. A user's name may hold spaces, a request escaped quotes. The path ends before its query string.
    [GeneratedRegex(
        """^(?<host>[^\s\0]+) \S+ .+? \[(?<time>[^\]]*)\] "\S+ (?<url>(?<path>([^ ?"\\\0]|\\.)+)([^ "\\\0]|\\.)*)([^"\\]|\\.)*" (?<status>[0-9]{3}) (?<bytes>[^ ]+)( |$)""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Combined();
}

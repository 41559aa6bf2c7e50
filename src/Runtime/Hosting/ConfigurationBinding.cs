using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Typed.Hosting;

/// <summary>Reads a store's options from a section of the application's configuration, without reflection.</summary>
internal static class ConfigurationBinding
{
    private static readonly Dictionary<string, Action<TypedOptionsBuilder, string>> s_options = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(TypedOptionsBuilder.BatchSize)] = static (o, text) => o.BatchSize = Number(text),
        [nameof(TypedOptionsBuilder.Capacity)] = static (o, text) => o.Capacity = Number(text),
        [nameof(TypedOptionsBuilder.ExpireEvery)] = static (o, text) => o.ExpireEvery = text.Length == 0 ? null : Time(text),
        [nameof(TypedOptionsBuilder.FlushInterval)] = static (o, text) => o.FlushInterval = Time(text),
        [nameof(TypedOptionsBuilder.MaxEventBytes)] = static (o, text) => o.MaxEventBytes = Number(text),
        [nameof(TypedOptionsBuilder.MaxSpoolBytes)] = static (o, text) => o.MaxSpoolBytes = LongNumber(text),
        [nameof(TypedOptionsBuilder.ReadTimeout)] = static (o, text) => o.ReadTimeout = Time(text),
        [nameof(TypedOptionsBuilder.ShutdownTimeout)] = static (o, text) => o.ShutdownTimeout = Time(text),
        [nameof(TypedOptionsBuilder.Spool)] = static (o, text) => o.Spool = text.Length == 0 ? null : text,
        [nameof(TypedOptionsBuilder.SpoolSync)] = static (o, text) => o.SpoolSync = SpoolSync.Parse(text),
        [nameof(TypedOptionsBuilder.WhenFull)] = static (o, text) => o.WhenFull = Policy(text),
        [nameof(TypedOptionsBuilder.WriteTimeout)] = static (o, text) => o.WriteTimeout = Time(text),
        [nameof(TypedOptionsBuilder.Writers)] = static (o, text) => o.Writers = Number(text),
    };

    /// <exception cref="InvalidOperationException">A name is no option, or a value does not fit it.</exception>
    public static void Bind(TypedOptionsBuilder options, IConfiguration section)
    {
        foreach (var entry in section.GetChildren())
        {
            if (!s_options.TryGetValue(entry.Key, out var set))
            {
                throw new InvalidOperationException(
                    $"{entry.Path}: a store has no such option. There are {string.Join(", ", s_options.Keys.Order(StringComparer.Ordinal))}.");
            }

            try
            {
                set(options, entry.Value ?? string.Empty);
            }
            catch (Exception error) when (error is FormatException or OverflowException or ArgumentException)
            {
                throw new InvalidOperationException($"{entry.Path} = '{entry.Value}': {error.Message}", error);
            }
        }
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture);

    private static long LongNumber(string text) => long.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture);

    private static TimeSpan Time(string text) => TimeSpan.Parse(text, CultureInfo.InvariantCulture);

    private static WhenFull Policy(string text) => Enum.TryParse<WhenFull>(text, ignoreCase: true, out var policy)
        ? policy
        : throw new FormatException($"WhenFull is one of {string.Join(", ", Enum.GetNames<WhenFull>())}.");
}

using static Typed.Hosting.ConfigurationText;

namespace Typed.Hosting;

/// <summary>The options of a store as the application's configuration has them.</summary>
internal static class StoreConfiguration
{
    public static ConfigurationBinding<TypedOptionsBuilder> Binding { get; } = new("a store", new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(TypedOptionsBuilder.BatchSize)] = static (o, text) => o.BatchSize = Number(text),
        [nameof(TypedOptionsBuilder.Capacity)] = static (o, text) => o.Capacity = Number(text),
        [nameof(TypedOptionsBuilder.ExpireEvery)] = static (o, text) => o.ExpireEvery = text.Length == 0 ? null : Duration(text),
        [nameof(TypedOptionsBuilder.FlushInterval)] = static (o, text) => o.FlushInterval = Duration(text),
        [nameof(TypedOptionsBuilder.MaxEventBytes)] = static (o, text) => o.MaxEventBytes = Number(text),
        [nameof(TypedOptionsBuilder.MaxSpoolBytes)] = static (o, text) => o.MaxSpoolBytes = LongNumber(text),
        [nameof(TypedOptionsBuilder.ReadTimeout)] = static (o, text) => o.ReadTimeout = Duration(text),
        [nameof(TypedOptionsBuilder.ShutdownTimeout)] = static (o, text) => o.ShutdownTimeout = Duration(text),
        [nameof(TypedOptionsBuilder.Spool)] = static (o, text) => o.Spool = text.Length == 0 ? null : text,
        [nameof(TypedOptionsBuilder.SpoolSync)] = static (o, text) => o.SpoolSync = SpoolSync.Parse(text),
        [nameof(TypedOptionsBuilder.WhenFull)] = static (o, text) => o.WhenFull = Word<WhenFull>(text, nameof(TypedOptionsBuilder.WhenFull)),
        [nameof(TypedOptionsBuilder.WriteTimeout)] = static (o, text) => o.WriteTimeout = Duration(text),
        [nameof(TypedOptionsBuilder.Writers)] = static (o, text) => o.Writers = Number(text),
    });
}

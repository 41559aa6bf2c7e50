using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Typed.Time;

namespace Typed.Runtime.Tests.Time;

/// <summary>What the tests of this folder share: instants, written and generated, and the grids that every law is tried on.</summary>
internal static class Times
{
    public const long Hour = 3_600 * Instant.PerSecond;
    public const long Day = 24 * Hour;

    /// <summary>Zones whose days misbehave, each in its own way.</summary>
    private static readonly string[] s_zones =
    [
        "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Antarctica/Troll",
        "America/Sao_Paulo", "America/Asuncion", "Asia/Beirut", "Africa/Cairo",  // midnights that do not exist
        "America/Havana", "America/St_Johns",                                    // midnights that come twice
        "Africa/Casablanca", "Europe/Dublin",                                    // summer time as the standard
        "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Kwajalein",               // days that never were
        "Etc/GMT+12", "Pacific/Chatham",
    ];

    // The skips and some changes of offset of these zones, in Unix seconds.
    private static readonly long[] s_awkward =
    [
        1325239200, 788868000, 745934400, -7988400, 0, 1162092660, 1174793460, 1541300400, 1550368800, 1729998000, 951782400, 1710036000,
    ];

    public static TheoryData<string> Steps =>
    [
        "1s", "7s", "90m", "1d", "1w", "36525d",
        "daily", "weekly", "monthly", "yearly",
        .. s_zones.SelectMany(static zone => new[] { "daily", "weekly", "monthly", "yearly" }, static (zone, word) => word + " in " + zone),
    ];

    public static TheoryData<string> ZonedDays => [.. s_zones.Select(static zone => "daily in " + zone)];

    /// <summary>Instants whose buckets start in the years 1 to 9999 on any grid, many of them where calendars are difficult.</summary>
    public static Gen<long> Any { get; } = Gen.Frequency(
        (2, Between(At("0102-01-01"), Instant.Max)),
        (4, Between(At("1900-01-01"), At("2037-12-31"))),
        (3, from second in Gen.Elements(s_awkward) from distance in Between(-3 * Day, 3 * Day) select second * Instant.PerSecond + distance),
        (1, from second in Gen.Elements(s_awkward) from hours in Gen.Choose(-60, 60) from micro in Gen.Choose(-1, 1) select second * Instant.PerSecond + hours * Hour + micro));

    public static Gen<long> Between(long first, long last) =>
        from a in Gen.Choose(0, int.MaxValue) from b in Gen.Choose(0, int.MaxValue) select first + (long)((((UInt128)(uint)a << 31) + (uint)b) % (UInt128)(last - first + 1));

    public static Grid Grid(string words) => Typed.Time.Interval.Parse("x: " + words).Step;

    /// <summary>An instant written in ISO 8601, UTC where nothing else is said.</summary>
    public static long At(string text) => Instant.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    public static void ForAll<T>(Gen<T> values, Action<T> law, int tries = 500) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(tries), Prop.ForAll(values.ToArbitrary(), law));
}

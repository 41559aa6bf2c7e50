using Typed.Tests.Harness.Databases;

#pragma warning disable MA0132, MA0011, MA0076, CA1305, CA1304, CA1311 // Queries are written so.
namespace Typed.Runtime.Tests.Streams.Stored;

/// <summary>Members of every value type that has a text: required, absent in older events, absent with a value of their own, and optional.</summary>
[EventStream]
public partial record Spelt(int N, char Sign, bool Flag, int Whole, long Large, byte Small, ulong Unsigned, decimal Price, double Weight, float Share, Half Part, Guid Reference, PageKind Kind, TimeSpan Took)
{
    public char LateSign { get; init; }

    public char OwnSign { get; init; } = '*';

    public char? MaybeSign { get; init; }

    public char? OwnMaybeSign { get; init; } = 'é';

    public bool LateFlag { get; init; }

    public bool? MaybeFlag { get; init; }

    public int LateWhole { get; init; }

    public int OwnWhole { get; init; } = 7;

    public int? MaybeWhole { get; init; }

    public long LateLarge { get; init; }

    public long? MaybeLarge { get; init; }

    public byte LateSmall { get; init; }

    public byte? MaybeSmall { get; init; }

    public ulong LateUnsigned { get; init; }

    public ulong? MaybeUnsigned { get; init; }

    public decimal LatePrice { get; init; }

    public decimal OwnPrice { get; init; } = 2.50m;

    public decimal? MaybePrice { get; init; }

    public double LateWeight { get; init; }

    public double? MaybeWeight { get; init; }

    public float LateShare { get; init; }

    public float? MaybeShare { get; init; }

    public Half LatePart { get; init; }

    public Half? MaybePart { get; init; }

    public Guid LateReference { get; init; }

    public Guid? MaybeReference { get; init; }

    public PageKind LateKind { get; init; }

    public PageKind? MaybeKind { get; init; }

    public TimeSpan LateTook { get; init; }

    public TimeSpan? MaybeTook { get; init; }
}

/// <summary><c>ToString()</c> of values in bodies: the text that .NET makes of them.</summary>
public abstract class EventValueTextTests(DatabaseServer server) : QueryMatrix<Spelt>(server)
{
    private static readonly Spelt s_full = new(0, 'c', true, -3, 5_000_000_000, 9, ulong.MaxValue, 17.50m, 0.5, 0.1f, (Half)1.5f, new(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), PageKind.Big, TimeSpan.FromHours(30))
    {
        LateSign = 'x', MaybeSign = 'y', LateFlag = true, MaybeFlag = false, LateWhole = 1, MaybeWhole = 2, LateLarge = 3, MaybeLarge = 4, LateSmall = 5, MaybeSmall = 6, LateUnsigned = 7, MaybeUnsigned = 8,
        LatePrice = 9.90m, MaybePrice = 1.0m, LateWeight = 1.25, MaybeWeight = 17, LateShare = 0.1f, MaybeShare = 2, LatePart = (Half)0.5f, MaybePart = (Half)3, LateReference = Guid.AllBitsSet, MaybeReference = Guid.AllBitsSet,
        LateKind = PageKind.Big, MaybeKind = PageKind.Small, LateTook = TimeSpan.FromMinutes(1), MaybeTook = TimeSpan.FromDays(1),
    };

    [Fact]
    public Task Of_values_that_are_there() => RunAsync([s_full, s_full with { N = 1, Sign = '"', LateSign = 'ß', OwnSign = '\\', OwnMaybeSign = '\'' }], [], Compare);

    // Only what the constructor asks for. A character that nothing gives is U+0000, which is no text in the database.
    [Fact]
    public Task Of_values_that_are_absent() => RunAsync(
        [s_full, s_full with { N = 1 }],
        ["""{"n":0,"sign":"c","flag":false,"whole":0,"large":0,"small":0,"unsigned":0,"price":1.0,"weight":0,"share":0,"part":0,"reference":"00000001-0002-0003-0405-060708090a0b","kind":0,"took":"00:00:01"}"""],
        () =>
        {
            Compare();
            Gives("\"\"; \"x\"", events => events.Select(e => e.Body.LateSign.ToString()));
            Same(events => events.Where(e => e.Body.LateSign.ToString() == "x").Select(e => e.Body.N));
            Same(events => events.Where(e => e.Body.LateSign.ToString() != "x").Select(e => e.Body.N));
        });

    private void Compare()
    {
        Same(events => events.Select(e => e.Body.Sign.ToString()));
        Same(events => events.Where(e => e.Body.N > 0).Select(e => e.Body.LateSign.ToString()));
        Same(events => events.Select(e => e.Body.OwnSign.ToString()));
        Same(events => events.Select(e => e.Body.OwnSign.ToString() + e.Body.Sign));
        Same(events => events.Where(e => e.Body.OwnSign.ToString() == "*").Select(e => e.Body.N));
        Same(events => events.Select(e => "x" + e.Body.MaybeSign));
        Same(events => events.Select(e => "x" + e.Body.OwnMaybeSign));
        Same(events => events.Select(e => e.Body.Flag.ToString()));
        Same(events => events.Select(e => e.Body.LateFlag.ToString()));
        Same(events => events.Select(e => "x" + e.Body.MaybeFlag));
        Same(events => events.Select(e => e.Body.Whole.ToString()));
        Same(events => events.Select(e => e.Body.LateWhole.ToString()));
        Same(events => events.Select(e => e.Body.OwnWhole.ToString()));
        Same(events => events.Select(e => "x" + e.Body.MaybeWhole));
        Same(events => events.Select(e => e.Body.Large.ToString()));
        Same(events => events.Select(e => e.Body.LateLarge.ToString()));
        Same(events => events.Select(e => "x" + e.Body.MaybeLarge));
        Same(events => events.Select(e => e.Body.Small.ToString()));
        Same(events => events.Select(e => e.Body.LateSmall.ToString()));
        Same(events => events.Select(e => "x" + e.Body.MaybeSmall));
        Same(events => events.Select(e => "x" + e.Body.Unsigned));
        if (OnSqlite)
        {
            Refused("could not be translated", events => events.Where(e => e.Body.Unsigned.ToString() == "18446744073709551615").Select(e => e.Body.N));
        }
        else
        {
            Same(events => events.Where(e => e.Body.Unsigned.ToString() == "18446744073709551615").Select(e => e.Body.N));
        }

        Same(events => events.Select(e => e.Body.LateUnsigned.ToString()));
        Same(events => events.Select(e => "x" + e.Body.MaybeUnsigned));
        Same(events => events.Select(e => e.Body.Price.ToString()));
        Same(events => events.Select(e => e.Body.LatePrice.ToString()));
        Same(events => events.Select(e => e.Body.OwnPrice.ToString()));
        Same(events => events.Select(e => "x" + e.Body.MaybePrice));
        Same(events => events.Select(e => e.Body.Weight.ToString()));
        Same(events => events.Select(e => e.Body.LateWeight.ToString()));
        Same(events => events.Select(e => "x" + e.Body.MaybeWeight));
        Same(events => events.Select(e => e.Body.Share.ToString()));
        Same(events => events.Select(e => e.Body.LateShare.ToString()));
        Same(events => events.Select(e => "x" + e.Body.MaybeShare));
        Same(events => events.Select(e => "x" + e.Body.Part));
        Same(events => events.Select(e => "x" + e.Body.LatePart));
        Same(events => events.Select(e => "x" + e.Body.MaybePart));
        Same(events => events.Select(e => e.Body.Reference.ToString()));
        Same(events => events.Select(e => e.Body.LateReference.ToString()));
        Same(events => events.Select(e => "x" + e.Body.MaybeReference));
        Same(events => events.Select(e => e.Body.Kind.ToString()));
        Same(events => events.Select(e => e.Body.LateKind.ToString()));
        Same(events => events.Select(e => "x" + e.Body.MaybeKind));
        Same(events => events.Select(e => e.Body.Took.ToString()));
        Same(events => events.Select(e => e.Body.LateTook.ToString()));
        Same(events => events.Select(e => "x" + e.Body.MaybeTook));
    }
}

public sealed class EventValueTextTestsOnSqlite() : EventValueTextTests(DatabaseServer.Sqlite);

public sealed class EventValueTextTestsOnPostgres() : EventValueTextTests(DatabaseServer.Postgres);

using Typed.Tests.Harness.Databases;

#pragma warning disable MA0132, MA0011, CA1305 // Queries are written so.
namespace Typed.Runtime.Tests.Streams.Stored;

[EventStream]
public partial record Worded(
    int N, bool Flag, bool? MaybeFlag, char Sign, char? MaybeSign, Half Part, Guid Reference, Guid? MaybeReference, PageKind Kind, PageKind? MaybeKind, Renamed Other, Renamed? MaybeOther, Rights Rights, RenamedBits Bits, TimeSpan Took, TimeSpan? MaybeTook,
    decimal Price, decimal? MaybePrice, double Weight, double? MaybeWeight, float Share, ulong Large, DateOnly Day, DateOnly? MaybeDay, TimeOnly Clock, DateTime Made, DateTimeOffset At, DateTimeOffset? MaybeAt, string Text, string? MaybeText)
{
    public decimal Fee { get; init; }

    public decimal Rate { get; init; } = 2.50m;

    public bool On { get; init; } = true;

    public Renamed Late { get; init; } = Renamed.First;
}

/// <summary>Values of every type that are joined to a text: .NET's text, or an error that says what to do.</summary>
public abstract class EventTextTests(DatabaseServer server) : QueryMatrix<Worded>(server)
{
    private static readonly Worded s_full = new(
        0, true, false, 'c', 'd', (Half)0.1f, Guid.AllBitsSet, new(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), PageKind.Big, PageKind.Small, Renamed.First, Renamed.First, Rights.Read | Rights.Write, RenamedBits.One, TimeSpan.FromHours(30), TimeSpan.FromMinutes(1),
        10.00m, 17m, 17, 0.5, 0.1f, 18, new(2026, 3, 21), new(2026, 3, 22), new(1, 2), Noon.UtcDateTime, Noon, Noon, "t", "u") { Fee = 3.0m, Rate = 1.10m, On = false, Late = Renamed.None };

    private static readonly Worded s_null = s_full with
    {
        N = 1, Flag = false, MaybeFlag = null, Sign = 'x', MaybeSign = null, Part = (Half)1.5f, MaybeReference = null, Kind = (PageKind)7, MaybeKind = null, Other = Renamed.None, MaybeOther = null, Rights = default, MaybeTook = null, Price = -0.5m, MaybePrice = null,
        MaybeWeight = null, Weight = 1e20, MaybeText = null, Took = TimeSpan.FromMilliseconds(-1),
    };

    [Fact]
    public async Task Joined_texts()
    {
        // The first event is older than the members outside the constructor.
        var older = System.Text.Json.Nodes.JsonNode.Parse(BodyJson(s_full with { N = 0 }))!.AsObject();
        foreach (var late in new[] { "fee", "rate", "on", "late" })
        {
            older.Remove(late);
        }

        await RunAsync([s_full, s_null, s_full with { N = 2 }], [older.ToJsonString()], () =>
        {
            Same(events => events.Select(e => "x" + e.Body.Flag));
            Same(events => events.Select(e => "x" + e.Body.MaybeFlag + "y"));
            Same(events => events.Select(e => e.Body.Flag.ToString()));
            Same(events => events.Where(e => "x" + e.Body.Flag == "xTrue").Select(e => e.Body.N));
            Same(events => events.Select(e => "x" + (e.Body.N > 0)));
            Same(events => events.Select(e => "x" + e.Body.On));
            Same(events => events.Select(e => "x" + e.Body.Sign + "y" + e.Body.MaybeSign));
            Same(events => events.Select(e => "x" + e.Body.Part));
            Same(events => events.Where(e => "x" + e.Body.Sign == "xc").Select(e => e.Body.N));
            Same(events => events.Select(e => "x" + e.Body.Reference + e.Body.MaybeReference));
            Same(events => events.Select(e => "x" + e.Body.Kind + "|" + e.Body.MaybeKind));
            Same(events => events.Select(e => "x" + e.Body.Other + "|" + e.Body.MaybeOther));
            Same(events => events.Where(e => "x" + e.Body.Other == "xFirst").Select(e => e.Body.N));
            Same(events => events.Select(e => "x" + e.Body.Late));
            Same(events => events.Select(e => "x" + e.Body.Rights));
            Same(events => events.Select(e => "x" + e.Body.Took + "|" + e.Body.MaybeTook));
            Same(events => events.Select(e => "x" + e.Body.Price + "|" + e.Body.MaybePrice));
            Same(events => events.Select(e => "x" + e.Body.Fee + "|" + e.Body.Rate));
            Same(events => events.Where(e => "x" + e.Body.Price == "x10.00" || "x" + e.Body.Fee == "x0").Select(e => e.Body.N));
            Same(events => events.Select(e => "x" + e.Body.Weight + "|" + e.Body.MaybeWeight + "|" + e.Body.Share));
            Same(events => events.Select(e => "x" + e.Body.N + "|" + e.Body.Large));
            Same(events => events.Select(e => "x" + e.Body.Text + e.Body.MaybeText));
        });
    }

    [Fact]
    public Task Interpolation() => RunAsync([s_full, s_null], [], () =>
    {
        Same(events => events.Select(e => $"{e.Body.Price}|{e.Body.MaybePrice}|{e.Body.Fee}|{e.Body.Rate}"));
        Same(events => events.Select(e => $"{e.Body.Flag}|{e.Body.MaybeFlag}|{e.Body.Sign}|{e.Body.Kind}|{e.Body.Other}|{e.Body.Rights}|{e.Body.Bits}"));
        Same(events => events.Select(e => $"{e.Body.Reference}|{e.Body.Took}|{e.Body.Weight}|{e.Body.Share}|{e.Body.Day}|{e.Body.Clock}"));
        Same(events => events.Select(e => new { e.Body.N, e.Body.Price, e.Body.MaybePrice, e.Body.Fee }));
        Same(events => events.OrderBy(e => e.Body.Price).Take(1).Select(e => e.Body.Price));
    });

    [Fact]
    public Task What_has_no_text() => RunAsync([s_full], [], () =>
    {
        Refused("culture", events => events.Where(e => "x" + e.Body.Day == "x"));
        Refused("culture", events => events.Where(e => "x" + e.Body.MaybeDay == "x"));
        Refused("culture", events => events.Where(e => "x" + e.Body.Clock == "x"));
        Refused("culture", events => events.Where(e => "x" + e.Body.Made == "x"));
        Refused("culture", events => events.Where(e => "x" + e.Body.At == "x"));
        Refused("culture", events => events.Where(e => "x" + e.Body.MaybeAt == "x"));
        Refused("RenamedBits", events => events.Where(e => "x" + e.Body.Bits == "x"));
        if (OnSqlite)
        {
            Refused("digits", events => events.Where(e => "x" + (e.Body.Price + 1) == "x"));
        }
        else
        {
            Same(events => events.Select(e => "x" + (e.Body.Price + 1)));
        }
    });

    private static string BodyJson(Worded body)
    {
        using var buffer = new Typed.Streams.Json.BodyBuffer();
        buffer.WriteUnchecked(body);
        return System.Text.Encoding.UTF8.GetString(buffer.Written.Span);
    }
}

public sealed class EventTextTestsOnSqlite() : EventTextTests(DatabaseServer.Sqlite);

public sealed class EventTextTestsOnPostgres() : EventTextTests(DatabaseServer.Postgres);

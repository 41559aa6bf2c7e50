using System.Buffers.Binary;
using System.Globalization;
using Typed.Tests.Harness.Databases;

namespace Typed.Generator.Tests.Docs;

/// <summary>The import of the page takes what Kronos answers to a <c>get</c>: in Kronos's order, and once more without a change.</summary>
[Collection(ExampleProgram.Collection)]
public abstract class KronosTests(DatabaseServer server, string kind)
{
    private const string Read = """
        await using var store = await TypedStore.OpenAsync(o => o.UseSqlite("Data Source=views.db"));
        await foreach (var view in PageView.In(store, "yournamespace"))
            Console.WriteLine($"{(view.Time - DateTimeOffset.UnixEpoch).Ticks} {view.Body.Source} {view.Body.Browser}");
        foreach (var space in await store.NamespacesAsync())
            Console.WriteLine(space);

        """;

    // The time in units of 100 ns since 1970, and the 60 bits of chance. Kronos orders by both.
    private static readonly (long Time, ulong Chance, string Source)[] s_events =
    [
        (0, 0, "epoch"), (1, 0xfffffffffffffff, "tick"), (13_893_412_345_678_901, 7, "later"), (13_893_412_345_678_901, 0x800000000000000, "same time"),
        (13_893_412_345_678_902, 1, "next tick"), (17_740_512_000_000_000, 42, "2026"), (0x0fffffffffffffff - 0x01b21dd213814000, 3, "the last of version 1"),
    ];

    [Fact]
    public async Task The_import_keeps_ids_times_and_order_and_may_be_repeated()
    {
        var page = Page.Text("docs/migrating-from-kronos.md");
        var file = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.jsonl");
        var import = Cookbook.Codes(page, "import").Single().Replace("\"pageviews.jsonl\"", $"@\"{file}\"", StringComparison.Ordinal);
        var program = RecipeProgram.Of([import, Read], Cookbook.Codes(page, "declarations").Single(), kind);
        await using var database = await server.CreateAsync();
        string[] Run(int number) => program.Run(number, _ => database.ConnectionString);
        try
        {
            // Kronos may be asked for them in descending order too.
            await File.WriteAllTextAsync(file, string.Concat(s_events[1..].Reverse().Select(Line)));
            Assert.Equal(["6 of 6 events were new."], Run(0));
            await File.WriteAllTextAsync(file, string.Concat(s_events.Select(Line)));
            Assert.Equal(["1 of 7 events were new."], Run(0));
            Assert.Equal(["0 of 7 events were new."], Run(0));

            Assert.Equal([.. s_events.Select(one => $"{one.Time} {one.Source} Firefox"), "yournamespace"], Run(1));
            await File.WriteAllTextAsync(file, Line((5, 5, "new")) + Line(s_events[2] with { Source = "another" }));
            var refused = Assert.ThrowsAny<Exception>(() => Run(0)).ToString();
            Assert.Contains("EventRejectedException: event 1", refused, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("another body", refused, StringComparison.Ordinal);
            Assert.Equal(s_events.Length + 1, Run(1).Length);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>A line of the answer, with the id as RFC 4122 has version 1.</summary>
    private static string Line((long Time, ulong Chance, string Source) one)
    {
        var time = (ulong)(one.Time + (DateTime.UnixEpoch - new DateTime(1582, 10, 15, 0, 0, 0, DateTimeKind.Utc)).Ticks);
        var id = new byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(id, (uint)time);
        BinaryPrimitives.WriteUInt16BigEndian(id.AsSpan(4), (ushort)(time >> 32));
        BinaryPrimitives.WriteUInt16BigEndian(id.AsSpan(6), (ushort)(0x1000 | (time >> 48)));
        BinaryPrimitives.WriteUInt64BigEndian(id.AsSpan(8), (8UL << 60) | one.Chance);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"@id": "{{new Guid(id, bigEndian: true)}}", "@time": {{one.Time}}, "@library": {"name": "pykronos", "version": "0.6.2"}, "source": "{{one.Source}}", "browser": "Firefox"}""")
            + "\r\n";
    }

    public sealed class Sqlite() : KronosTests(DatabaseServer.Sqlite, "Sqlite");

    public sealed class Postgres() : KronosTests(DatabaseServer.Postgres, "Npgsql");
}

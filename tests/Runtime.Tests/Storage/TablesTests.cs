using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Typed.Generated;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Schema;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Storage;

/// <summary>A store makes its tables by itself. EF's model of the same types, by which migrations and LINQ go, has to say the same.</summary>
public abstract partial class TablesTests(DatabaseServer server, string catalog) : StoreSuite(server)
{
    [Fact]
    public async Task A_store_makes_the_tables_that_EF_would_make()
    {
        await using var mapped = await Server.CreateAsync();
        await using (var store = await OpenAsync(options => options.Include(AllTypes.Instance)))
        {
            await using var context = store.CreateDbContext();
            foreach (var statement in context.Database.GenerateCreateScript().Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                await mapped.ExecuteAsync(statement);
            }
        }

        // The index of a followed stream leaves out what a store lists, which it does only in tables that it made.
        const string Unlisted = " WHERE (tx < '9223372036854775807'::xid8)";
        var tables = (await Database.ReadAsync(catalog)).Select(line => line.Replace(Unlisted, "", StringComparison.Ordinal));
        var own = Bare(tables).Where(line => !line.Contains("typed_", StringComparison.Ordinal)).ToList();

        Assert.True(own.Count > 300, $"{own.Count} lines");
        Assert.Equal(Bare(await mapped.ReadAsync(catalog)), own);
    }

    [Fact]
    public async Task Nothing_but_LINQ_builds_the_model_of_EF()
    {
        var said = new List<string>();
        await using var store = await OpenAsync(options => options.Only<Hit>().LogTo(said.Add, LogLevel.Trace));
        await Hit.In(store).InsertAsync("/", 1);
        await Hit.In(store).Post("/");
        await store.FlushAsync();
        Assert.Equal(2, (await Hit.In(store).Day.GetAsync("/")).Value);
        await using (await OpenAsync(options => options.Only<Hit>().LogTo(said.Add, LogLevel.Trace)))
        {
            // The tables are there.
        }

        Assert.DoesNotContain(said, line => line.Contains("EntityFrameworkCore", StringComparison.Ordinal));
        await using var context = store.CreateDbContext();
        Assert.Equal(1, await Hit.In(context).Day.AsQueryable().CountAsync());
        Assert.Contains(said, line => line.Contains("EntityFrameworkCore", StringComparison.Ordinal));
    }

    /// <summary>Without what differs between two ways to write the same: blanks, the order of columns, and how a long name is shortened.</summary>
    private static IEnumerable<string> Bare(IEnumerable<string> lines) => lines.SelectMany(Parts).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Parts(string line)
    {
        var bare = LongName().Replace(Blank().Replace(line, " "), "a long name");
        var (first, last) = (bare.IndexOf('('), bare.LastIndexOf(')'));
        return bare.StartsWith("CREATE TABLE", StringComparison.Ordinal)
            ? Comma().Split(bare[(first + 1)..last]).Append(bare[last..]).Select(part => $"{bare[..first]}{part.Trim()}")
            : [bare];
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Blank();

    [GeneratedRegex(@"""?(PK|IX)_[\w~]{50,}""?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex LongName();

    [GeneratedRegex(@", (?![^(]*\))", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Comma();

    /// <summary>The declared types of this assembly, as many as have tables of their own.</summary>
    private sealed class AllTypes : DeclarationModule
    {
        public static readonly AllTypes Instance = new();

        public override IReadOnlyList<Declaration> Declarations { get; } = [.. Choose()];

        private static IEnumerable<Declaration> Choose()
        {
            var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var declared in Registered.SelectMany(module => module.Declarations).DistinctBy(declared => declared.Type))
            {
                string[] tables = declared switch
                {
                    SeriesDeclaration series => [.. SeriesTableNames.List(series.Definition).Select(table => table.Table)],
                    StreamDeclaration stream => [stream.Definition.Table],
                    _ => throw new NotSupportedException(),
                };
                if (!tables.Any(taken.Contains))
                {
                    taken.UnionWith(tables);
                    yield return declared;
                }
            }
        }
    }
}

public sealed class TablesTestsOnSqlite() : TablesTests(DatabaseServer.Sqlite, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name");

public sealed class TablesTestsOnPostgres() : TablesTests(DatabaseServer.Postgres, """
    SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default, is_identity, identity_generation, collation_name)
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT concat_ws(' ', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT concat_ws(' ', relname, reloptions) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    ORDER BY 1
    """);

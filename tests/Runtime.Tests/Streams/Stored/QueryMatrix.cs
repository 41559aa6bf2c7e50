using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Typed.Generated;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

/// <summary>Queries over the stored events of a class against the same queries over the events in memory. Each query agrees, or is refused by name.</summary>
public abstract class QueryMatrix<TBody>(DatabaseServer server) : StoreSuite(server)
    where TBody : IEventBody<TBody>
{
    private readonly List<string> _wrong = [];
    private IQueryable<Event<TBody>> _stored = null!;
    private IQueryable<Event<TBody>> _memory = null!;

    protected bool OnSqlite => Server == DatabaseServer.Sqlite;

    /// <summary>Puts bodies, and replaces the JSON of the first ones, as older versions of the class may have written it.</summary>
    protected async Task RunAsync(IReadOnlyList<TBody> bodies, IReadOnlyList<string> older, Action compare)
    {
        await using var store = await OpenAsync<TBody>();
        var ids = await EventStreams.In<TBody>(store, "default").PutAsync(bodies);
        await using var db = store.CreateDbContext();
        var entity = db.Model.GetEntityTypes().Single(type => type.ClrType == typeof(Event<TBody>));
        for (var i = 0; i < older.Count; i++)
        {
            object id = OnSqlite ? ids[i].ToGuid().ToByteArray(bigEndian: true) : ids[i].ToGuid();
#pragma warning disable EF1002 // the table's own name
            await db.Database.ExecuteSqlRawAsync($"UPDATE {entity.GetTableName()} SET body = {{0}}{(OnSqlite ? "" : "::jsonb")} WHERE id = {{1}}", older[i], id);
#pragma warning restore EF1002
        }

        _stored = EventStreams.In<TBody>(db, "default").AsQueryable();
        _memory = (await ListAsync(EventStreams.In<TBody>(store, "default"))).AsQueryable();
        compare();
        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong));
    }

    protected void Same<T>(Func<IQueryable<Event<TBody>>, IQueryable<T>> query, [CallerArgumentExpression(nameof(query))] string text = "")
    {
        try
        {
            var (found, expected) = (Texts(query(_stored)), Texts(query(_memory)));
            if (found != expected)
            {
                _wrong.Add($"{text}: {found} instead of {expected}");
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            _wrong.Add($"{text}: {error.GetType().Name}: {error.Message.Split('\n')[0]}");
        }
    }

    /// <summary>For what the database cannot say as .NET does.</summary>
    protected void Gives<T>(string expected, Func<IQueryable<Event<TBody>>, IQueryable<T>> query, [CallerArgumentExpression(nameof(query))] string text = "")
    {
        if (Texts(query(_stored)) is var found && found != expected)
        {
            _wrong.Add($"{text}: {found} instead of {expected}");
        }
    }

    protected void Refused<T>(string message, Func<IQueryable<Event<TBody>>, IQueryable<T>> query, [CallerArgumentExpression(nameof(query))] string text = "")
    {
        try
        {
            _wrong.Add($"{text}: {Texts(query(_stored))} instead of an error");
        }
        catch (InvalidOperationException error)
        {
            if (!error.Message.Contains(message, StringComparison.Ordinal))
            {
                _wrong.Add($"{text}: {error.Message}");
            }
        }
    }

    private static string Texts<T>(IQueryable<T> items) => string.Join("; ", items.AsEnumerable().Select(item => JsonSerializer.Serialize(item)).Order(StringComparer.Ordinal));
}
